import type { Fault, FaultBody, Target } from "./fault.ts";
import type { Random } from "./random.ts";
import { TICK_PERIOD, type Tuning } from "./tuning.ts";

interface FaultyWorld {
  readonly servers: number;
  readonly spares: number;
  readonly tuning: Tuning;
  /** Members may be changed. */
  readonly mayChange: boolean;
}

type Coincidence = (random: Random, world: FaultyWorld) => readonly Fault[];

/**
 * Faults that are harmless alone and come together by chance once in a thousand runs: what known bugs of Raft needed.
 * They begin at `at` and are in the order of time.
 */
export function coincidence(at: number, random: Random, world: FaultyWorld): Fault[] {
  const faults = random.pick(coincidences)(random, world);
  return faults.map((fault) => ({ ...fault, at: at + fault.at })).sort((one, other) => one.at - other.at);
}

/** The leader is gone, and several stand for election within one another's round trips while voters restart. */
const duel: Coincidence = (random, world) => {
  const reach = 4 * roundTrip(world);
  // As long as they hear their leader, voters help nobody else.
  const begin = electionTimeout(world) + random.below(electionTimeout(world));
  const duplication = random.pick([0, 300_000]);
  const faults: Fault[] = [
    { at: 0, kind: "crash", target: "leader", for: random.between(begin, begin + reach) },
    { at: begin, kind: "lossy", loss: random.pick([0, 100_000]), duplication, reordering: 300_000, for: 4 * reach },
  ];
  const [one, other] = [random.below(world.servers), random.below(world.servers)];
  // Twice the same and then another: votes of the first election arrive in the second.
  const rivals = random.chance(500_000) ? [one, one, other] : [one, other, one, other, one];
  let at = begin;
  for (const target of rivals) {
    faults.push({ at, kind: "campaign", target });
    at += random.below(1 + roundTrip(world));
  }
  for (let i = random.below(3); i > 0; i -= 1) {
    const target = random.below(world.servers);
    faults.push({ at: begin + random.below(reach), kind: "crash", target, for: random.between(100, 2 + reach) });
  }
  return faults;
};

/** A leader that nobody hears leads on, because its clock is slow or it stands still. */
const staleLeader: Coincidence = (random, world) => {
  const length = electionTimeout(world) * random.between(2, 6);
  const cut: FaultBody = random.chance(500_000)
    ? { kind: "isolate", target: "leader", for: length }
    : { kind: "one-way", target: "leader", direction: random.pick(["in", "out"]), for: length };
  if (random.chance(500_000)) return [{ at: 0, kind: "pause", target: "leader", for: length }];
  return [
    { at: 0, kind: "clock-rate", target: "leader", permille: 250, for: length },
    { at: random.below(roundTrip(world)), ...cut },
  ];
};

/** Leadership is handed over, and the old leader does not learn of it. */
const lostHandover: Coincidence = (random, world) => {
  const length = electionTimeout(world) * random.between(1, 4);
  const target: Target = "leader";
  const after: FaultBody = random.pick<FaultBody>([
    { kind: "isolate", target, for: length },
    { kind: "one-way", target, direction: "in", for: length },
    { kind: "pause", target, for: length },
    { kind: "crash", target, for: length },
  ]);
  return [
    { at: 0, kind: "transfer", to: random.below(world.servers) },
    { at: random.below(3 * roundTrip(world)), ...after },
  ];
};

/** One leader after the other is cut off or dies, each with something in its log that nobody else has. */
const succession: Coincidence = (random, world) => {
  const faults: Fault[] = [];
  let at = 0;
  for (let i = random.between(2, 5); i > 0; i -= 1) {
    const length = Math.floor((electionTimeout(world) * random.between(5, 30)) / 10);
    const kind = random.pick<"crash" | "isolate" | "pause">(["crash", "isolate", "pause"]);
    faults.push({ at, kind, target: "leader", for: length });
    at += Math.floor((electionTimeout(world) * random.between(5, 25)) / 10);
  }
  return faults;
};

/** A leader that cannot commit begins to change the members; its successor knows nothing of it. */
const lostChange: Coincidence = (random, world) => {
  const length = electionTimeout(world) * random.between(1, 4);
  const body: FaultBody = world.mayChange
    ? random.pick<FaultBody>([
        { kind: "remove", target: random.below(world.servers) },
        { kind: "add-learner", target: world.servers + random.below(world.spares + 1) - 1 },
        { kind: "add-voter", target: world.servers + random.below(world.spares + 1) - 1 },
      ])
    : { kind: "transfer", to: random.below(world.servers) };
  const hub = random.below(world.servers);
  const cut: FaultBody = random.pick<FaultBody>([
    { kind: "isolate", target: "leader", for: length },
    { kind: "constrained", hub, for: length },
    { kind: "hub", hub, for: length },
  ]);
  return [
    { at: 0, ...cut },
    { at: random.below(2 * roundTrip(world)), ...body },
  ];
};

const coincidences: readonly [Coincidence, ...Coincidence[]] = [
  duel,
  staleLeader,
  lostHandover,
  succession,
  lostChange,
];

function roundTrip({ tuning }: FaultyWorld): number {
  return 2 * (tuning.network.delayFloor + tuning.network.delayMean) + tuning.syncMean;
}

function electionTimeout({ tuning }: FaultyWorld): number {
  return tuning.settings.electionTicks * TICK_PERIOD;
}
