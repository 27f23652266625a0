import type { RealCluster } from "./cluster.ts";
import { type Disorder, noDisorder } from "./disorder.ts";
import type { Link } from "./network.ts";
import type { Random } from "./random.ts";
import { until } from "./until.ts";

/** Ends a fault, and resolves when it has no consequences left that somebody has to repair. */
type Heal = () => Promise<void>;

export interface Fault {
  readonly name: string;
  /** Whether others may go on at the same time. */
  readonly company: "any" | "none";
  /** Null where it cannot be done as things are. */
  readonly begin: (cluster: RealCluster, random: Random) => Promise<Heal | null>;
}

const HELD: Link = { kind: "held" };
const OPEN: Link = { kind: "open" };
const nothingToDo: Heal = () => Promise.resolve();

/** The kinds of faults of a long run; names as its report counts them. */
export const faults: readonly Fault[] = [
  shared("kill the leader", async (cluster) => killed(cluster, await leaderIfAny(cluster, 1))),
  shared("kill one", async (cluster, random) => killed(cluster, some(cluster, random, 1))),
  shared("kill a majority", async (cluster, random) => killed(cluster, some(cluster, random, majority(cluster)))),
  shared("kill all", async (cluster) => killed(cluster, cluster.running)),
  shared("pause the leader", async (cluster) => paused(cluster, await leaderIfAny(cluster, 1))),
  shared("pause some", async (cluster, random) => paused(cluster, some(cluster, random, 1 + random.below(2)))),
  shared("cut the leader off", async (cluster) => {
    const leader = await leaderIfAny(cluster, 1);
    return held(cluster, pairs(leader, without(cluster, leader), "both"));
  }),
  shared("split in two", async (cluster, random) => {
    const side = random.shuffled(cluster.ids).slice(0, 1 + random.below(cluster.ids.length - 1));
    return held(cluster, pairs(side, without(cluster, side), "both"));
  }),
  shared("deaf leader", async (cluster) => {
    const leader = await leaderIfAny(cluster, 1);
    return held(cluster, pairs(without(cluster, leader), leader, "one way"));
  }),
  shared("mute leader", async (cluster) => {
    const leader = await leaderIfAny(cluster, 1);
    return held(cluster, pairs(leader, without(cluster, leader), "one way"));
  }),
  shared("random one-way links", async (cluster, random) => {
    const all = pairs(cluster.ids, cluster.ids, "one way").filter(([from, to]) => from !== to);
    return held(cluster, random.shuffled(all).slice(0, 1 + random.below(all.length - 1)));
  }),
  shared("leader and one follower apart", async (cluster, random) => {
    const leader = await leaderIfAny(cluster, 1);
    const follower = random.shuffled(without(cluster, leader)).slice(0, 1);
    return held(cluster, pairs(leader, follower, "both"));
  }),
  shared("all apart but for one", async (cluster, random) => {
    const [hub = ""] = random.shuffled(cluster.ids);
    const rim = without(cluster, [hub]);
    return held(
      cluster,
      rim.flatMap((one, i) => pairs([one], rim.slice(i + 1), "both")),
    );
  }),
  shared("long ways", async (cluster, random) => {
    const link = (): Link => ({ kind: "delayed", ms: Math.round(random.between(5, 250)) });
    return linked(
      cluster,
      pairs(cluster.ids, cluster.ids, "one way").map(([from, to]) => [from, to, link()]),
    );
  }),
  shared("broken connections", async (cluster) => {
    cluster.network.reset();
    return nothingToDo;
  }),
  shared("slow disk", (cluster, random) => {
    const disk = { kind: "slow", delayMs: Math.round(random.between(10, 1500)) } as const;
    return disturbed(cluster, some(cluster, random, 1 + random.below(2)), () => ({ ...noDisorder, disk }));
  }),
  shared("clocks that run wrong", (cluster, random) =>
    disturbed(cluster, cluster.running, () => ({
      ...noDisorder,
      clockRate: random.between(0.9, 1.1),
      clockJumpMs: Math.round(random.between(-1e9, 1e9)),
    })),
  ),
  shared("full disk", (cluster, random) => {
    const disk = { kind: "full", bytesLeft: random.below(50_000) } as const;
    return diskLost(cluster, some(cluster, random, 1), { ...noDisorder, disk });
  }),
  shared("broken disk", (cluster, random) =>
    diskLost(cluster, some(cluster, random, 1), { ...noDisorder, disk: { kind: "broken" } }),
  ),
  shared("hand leadership over", async (cluster, random) => {
    const [to] = some(cluster, random, 1);
    if (to === undefined) return null;
    const client = cluster.client(() => random.next(), 2000);
    // Whether it comes to that is all the same here.
    await client.transferLeadership(to);
    client.close();
    return nothingToDo;
  }),
  alone("rolling restart", async (cluster) => {
    for (const id of cluster.running) {
      await cluster.server(id).stop();
      cluster.server(id).start();
      await cluster.untilHealthy(id);
    }
    return nothingToDo;
  }),
  alone("away until others have snapshots only", async (cluster, random) => {
    const [away] = some(cluster, random, 1);
    const left = away === undefined ? null : await cluster.status(away);
    if (away === undefined || left === null) return null;
    await cluster.server(away).kill();
    await until(`the others have no log that ${away} could go on from`, async () => {
      const statuses = await cluster.statuses();
      return statuses.some(({ role, snapshotIndex }) => role === "leader" && snapshotIndex > left.lastIndex + 100)
        ? true
        : null;
    });
    return async () => revive(cluster, away);
  }),
  alone("replace a member", replaceMember),
];

function shared(name: string, begin: Fault["begin"]): Fault {
  return { name, company: "any", begin };
}

function alone(name: string, begin: Fault["begin"]): Fault {
  return { name, company: "none", begin };
}

/** A new server comes, perhaps while the leader dies, and then any of the members goes. */
async function replaceMember(cluster: RealCluster, random: Random): Promise<Heal> {
  const number = 1 + Math.max(...cluster.allServers.map(({ node }) => Number(node.id.slice(1))));
  const added = `n${number}`;
  const removed = random.pick(cluster.running);
  await cluster.startNew(added);
  const dying = random.below(2) === 0 ? await leaderIfAny(cluster, 1) : [];
  const adding = cluster.add(added);
  const back = await killed(cluster, dying);
  await adding;
  await back?.();
  await cluster.remove(removed);
  await cluster.discard(removed);
  return nothingToDo;
}

/** So many servers that run, at random. */
function some(cluster: RealCluster, random: Random, count: number): string[] {
  return random.shuffled(cluster.running).slice(0, count);
}

function majority(cluster: RealCluster): number {
  return Math.floor(cluster.ids.length / 2) + 1;
}

function without(cluster: RealCluster, some: readonly string[]): string[] {
  return cluster.ids.filter((id) => !some.includes(id));
}

/** Nobody, where nobody leads at the moment. */
async function leaderIfAny(cluster: RealCluster, count: number): Promise<string[]> {
  const leading = (await cluster.statuses()).filter(({ role }) => role === "leader");
  return leading
    .sort((one, other) => other.term - one.term)
    .map(({ id }) => id)
    .slice(0, count);
}

async function killed(cluster: RealCluster, ids: readonly string[]): Promise<Heal | null> {
  if (ids.length === 0) return null;
  await Promise.all(ids.map((id) => cluster.server(id).kill()));
  return async () => {
    for (const id of ids) revive(cluster, id);
  };
}

/** Of two faults that go on at the same time, the end of the other may have brought it back. */
function revive(cluster: RealCluster, id: string): void {
  const server = cluster.server(id);
  if (!server.isRunning) server.start();
}

async function paused(cluster: RealCluster, ids: readonly string[]): Promise<Heal | null> {
  if (ids.length === 0) return null;
  for (const id of ids) cluster.server(id).pause();
  return async () => {
    for (const id of ids) cluster.server(id).resume();
  };
}

type Pair = readonly [from: string, to: string];

function pairs(some: readonly string[], others: readonly string[], ways: "one way" | "both"): Pair[] {
  const there = some.flatMap((from) => others.map((to): Pair => [from, to]));
  return ways === "one way" ? there : [...there, ...there.map(([from, to]): Pair => [to, from])];
}

async function held(cluster: RealCluster, links: readonly Pair[]): Promise<Heal | null> {
  return linked(
    cluster,
    links.map(([from, to]) => [from, to, HELD]),
  );
}

async function linked(cluster: RealCluster, links: readonly (readonly [...Pair, Link])[]): Promise<Heal | null> {
  if (links.length === 0) return null;
  for (const [from, to, link] of links) cluster.network.set(from, to, link);
  return async () => {
    for (const [from, to] of links) cluster.network.set(from, to, OPEN);
  };
}

async function disturbed(cluster: RealCluster, ids: readonly string[], disorder: () => Disorder): Promise<Heal | null> {
  if (ids.length === 0) return null;
  await Promise.all(ids.map((id) => cluster.server(id).disturb(disorder())));
  return async () => {
    await Promise.all(ids.map((id) => cluster.server(id).calm()));
  };
}

/** The server ends by itself, or is ended, and comes back with a sound disk. */
async function diskLost(cluster: RealCluster, [id]: readonly string[], disorder: Disorder): Promise<Heal | null> {
  if (id === undefined) return null;
  const server = cluster.server(id);
  server.expectEnd();
  await server.disturb(disorder);
  return async () => {
    await server.kill();
    revive(cluster, id);
  };
}
