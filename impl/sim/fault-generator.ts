import { coincidence } from "./coincidences.ts";
import { EVERYBODY, type Fault, type FaultBody, type FaultKind, faultKinds, type Target } from "./fault.ts";
import type { Random } from "./random.ts";
import type { Tuning } from "./tuning.ts";

/** Where faults come from: from a seed without end, or from a list. */
export interface FaultSource {
  /** The next fault in the order of time; null where there is no other. */
  next(): Fault | null;
}

/** Faults of a list, which is in the order of time. */
export function listedFaults(faults: readonly Fault[]): FaultSource {
  let at = 0;
  return {
    next() {
      at += 1;
      return faults[at - 1] ?? null;
    },
  };
}

interface FaultyWorld {
  /** Servers that the cluster begins with, and those that may join. */
  readonly servers: number;
  readonly spares: number;
  readonly tuning: Tuning;
}

/**
 * Faults without end, one by one or several that belong together. Each seed leaves some kinds out and prefers others,
 * because kinds hide one another: a world where machines fail all the time never commits enough to be wrong.
 */
export function generatedFaults(random: Random, world: FaultyWorld): FaultSource {
  const weights = faultKinds.map((kind) => weightOf(kind, random, world));
  // A server that lost what it had called durable never comes back, so it must not be one of few voters.
  const mayLie = world.servers >= 3 && random.chance(300_000);
  if (mayLie) for (const kind of membershipKinds) weights[faultKinds.indexOf(kind)] = 0;
  else weights[faultKinds.indexOf("disk-lie")] = 0;
  const liar = random.below(world.servers);
  const coincidences = random.pick([0, 200_000, 500_000]);
  let at = 300_000;
  let pending: Fault[] = [];
  return {
    next() {
      if (pending.length === 0) {
        at += 1000 + random.skewed(world.tuning.faultGapMean);
        pending = random.chance(coincidences)
          ? coincidence(at, random, { ...world, mayChange: !mayLie })
          : [{ at, ...faultOf(weighted(weights, random), random, world, liar) }];
      }
      const fault = pending.shift() ?? null;
      at = fault?.at ?? at;
      return fault;
    },
  };
}

const membershipKinds: readonly FaultKind[] = ["add-voter", "add-learner", "remove", "replace"];

function weightOf(kind: FaultKind, random: Random, { servers, spares, tuning }: FaultyWorld): number {
  const weight = random.chance(600_000) ? random.between(1, 4) : 0;
  if (kind === "clock-jump" && tuning.leases) return 0;
  if ((kind === "add-voter" || kind === "add-learner" || kind === "replace") && spares === 0) return 0;
  if ((kind === "hub" || kind === "constrained" || kind === "chain" || kind === "cut-link") && servers < 3) return 0;
  return weight;
}

function weighted(weights: readonly number[], random: Random): FaultKind {
  const sum = weights.reduce((before, weight) => before + weight, 0);
  if (sum === 0) return "crash";
  let left = random.below(sum);
  for (const [place, weight] of weights.entries()) {
    if (left < weight) return faultKinds[place] as FaultKind;
    left -= weight;
  }
  throw new Error("the weights do not add up to their sum");
}

function faultOf(kind: FaultKind, random: Random, { servers, spares, tuning }: FaultyWorld, liar: number): FaultBody {
  const all = servers + spares;
  const length = 5_000 + random.skewed(tuning.faultLengthMean);
  const target: Target = random.chance(500_000) ? "leader" : random.below(servers);
  switch (kind) {
    case "isolate":
    case "crash":
    case "pause":
    case "disk-stall":
    case "disk-error":
      return { kind, target, for: length };
    case "disk-lie":
      return { kind, target: liar, for: length * 4 };
    case "split":
      return { kind, side: sideOf(all, random), for: length };
    case "one-way":
      return { kind, target, direction: random.pick(["in", "out"]), for: length };
    case "hub":
    case "constrained":
      return { kind, hub: random.below(servers), for: length };
    case "chain":
      return { kind, for: length };
    case "cut-link":
      return { kind, one: target, other: random.below(servers), for: length };
    case "lossy":
      return {
        kind,
        loss: random.pick([0, 50_000, 300_000]),
        duplication: random.pick([0, 200_000]),
        reordering: random.pick([0, 200_000]),
        for: length,
      };
    case "slow-network":
      return { kind, factor: random.pick([3, 10, 50]), for: length };
    case "power-cut":
      return { kind, target: random.chance(150_000) ? EVERYBODY : target, torn: random.chance(500_000), for: length };
    case "clock-jump":
      return { kind, target, ticks: random.pick([-50, -5, 3, 10, 40]) };
    case "clock-rate":
      return { kind, target, permille: random.pick([250, 500, 2000, 4000]), for: length };
    case "disk-slow":
      return { kind, target, factor: random.pick([3, 20, 100]), for: length };
    case "add-voter":
    case "add-learner":
      return { kind, target: random.below(all) };
    case "remove":
      return { kind, target };
    case "replace":
      return { kind, target, by: random.below(all) };
    case "transfer":
      return { kind, to: random.below(all) };
    case "campaign":
      return { kind, target: random.below(servers) };
  }
}

function sideOf(count: number, random: Random): number[] {
  const side: number[] = [];
  for (let server = 0; server < count; server += 1) if (random.chance(500_000)) side.push(server);
  return side;
}
