import { describe, expect, it } from "vitest";
import type { BoundMessage, Effects, Entry, Node, Write } from "../../core/index.ts";
import { type Mutant, mutants } from "../mutants/mutants.ts";
import { patchedSimulator } from "../mutants/patched.suite.ts";
import { Run } from "../run.ts";
import type { Server } from "../server.ts";
import type { World } from "../world.ts";
import { Violation } from "./violation.ts";

const nothing: Effects = {
  sends: [],
  write: null,
  restore: null,
  apply: [],
  answers: [],
  chunkReads: [],
  releasedIndex: 0,
};

interface Cluster {
  readonly world: World;
  readonly leader: Server;
  readonly leaderNode: Node;
  readonly follower: Server;
  readonly followerNode: Node;
  /** Cut off from the beginning, so that its log is empty. */
  readonly stranger: Server;
  readonly strangerNode: Node;
}

/** Three servers, of whom two have committed some entries. */
function cluster(): Cluster {
  const faults = [{ at: 0, kind: "isolate", target: 2, for: 10_000_000 }] as const;
  const run = new Run({ seed: 3, servers: 3, spares: 0, steps: 100_000, faults, log: null });
  run.advance(3000);
  const { world } = run;
  const leader = world.leader();
  const [one, other, stranger] = world.servers;
  const follower = leader === one ? other : one;
  const [leaderNode, followerNode, strangerNode] = [leader?.node, follower?.node, stranger?.node];
  if (leader == null || follower === undefined || stranger === undefined) throw new Error("no cluster");
  if (leaderNode == null || followerNode == null || strangerNode == null) throw new Error("a server is down");
  expect([world.watch.committed.lastIndex > 10, strangerNode.log.lastIndex]).toEqual([true, 0]);
  return { world, leader, leaderNode, follower, followerNode, stranger, strangerNode };
}

function brokenBy(check: (cluster: Cluster) => void): string {
  const made = cluster();
  try {
    check(made);
  } catch (error) {
    if (error instanceof Violation) return error.property;
    throw error;
  }
  return "holds";
}

function writing(write: Partial<Write>): Effects {
  const none = { number: 1, hardState: null, truncateFrom: 0, entries: [], chunk: null, sendsAfter: [] };
  return { ...nothing, write: { ...none, ...write } };
}

function granted(from: string, to: string, term: number): BoundMessage {
  return { kind: "vote-response", id: 1, from, to, term, clock: 0, granted: true };
}

describe("the watch over a cluster", () => {
  it("sees nothing wrong in a step that changes nothing", () => {
    expect(
      brokenBy(({ world, leader, leaderNode, follower, followerNode, stranger, strangerNode }) => {
        world.watch.stepped(leader, leaderNode, nothing);
        world.watch.stepped(follower, followerNode, nothing);
        world.watch.stepped(stranger, strangerNode, nothing);
      }),
    ).toBe("holds");
  });

  it("sees a second leader of a term", () => {
    expect(
      brokenBy(({ world, follower, followerNode, leaderNode: { role, term } }) =>
        world.watch.stepped(follower, { ...followerNode, role, term }, nothing),
      ),
    ).toBe("ElectionSafety");
  });

  it("sees a leader without what was committed", () => {
    expect(
      brokenBy(({ world, stranger, strangerNode, leaderNode: { role, term } }) =>
        world.watch.stepped(stranger, { ...strangerNode, role, term: term + 1 }, nothing),
      ),
    ).toBe("LeaderCompleteness");
  });

  it("sees a leader that removes its own entries", () => {
    expect(
      brokenBy(({ world, leader, leaderNode }) =>
        world.watch.stepped(leader, leaderNode, writing({ truncateFrom: leaderNode.log.lastIndex + 1 })),
      ),
    ).toBe("LeaderAppendOnly");
  });

  it("sees a server that removes what was committed", () => {
    expect(
      brokenBy(({ world, follower, followerNode }) =>
        world.watch.stepped(follower, followerNode, writing({ truncateFrom: followerNode.commit })),
      ),
    ).toBe("CommittedIsKept");
  });

  it("sees a log that differs from another before an entry that both have", () => {
    expect(
      brokenBy(({ world, stranger, strangerNode, leaderNode: { term } }) => {
        const entry: Entry = { kind: "command", index: 1, term, data: new Uint8Array([1, 2, 3]) };
        world.watch.stepped(stranger, strangerNode, writing({ entries: [entry] }));
      }),
    ).toBe("LogMatching");
  });

  it("sees a log that is not what was written", () => {
    const entry = (index: number): Entry => ({ kind: "no-op", index, term: 900 });
    expect(
      brokenBy(({ world, stranger, strangerNode }) =>
        world.watch.stepped(stranger, strangerNode, writing({ entries: [entry(1)] })),
      ),
    ).toBe("LogIsWritten");
    expect(
      brokenBy(({ world, stranger, strangerNode }) =>
        world.watch.stepped(stranger, strangerNode, writing({ entries: [entry(2)] })),
      ),
    ).toBe("LogIsWritten");
  });

  it("sees a snapshot of what was never committed", () => {
    expect(
      brokenBy(({ world, stranger, strangerNode }) => {
        const snapshot = { ...strangerNode.snapshot, index: 5, term: 900 };
        const chunk = { snapshot, offset: 0, data: new Uint8Array(0), isLast: true };
        world.watch.stepped(stranger, strangerNode, writing({ chunk }));
      }),
    ).toBe("SnapshotIsCommitted");
  });

  it.each(["term", "commit", "applied"] as const)("sees a server whose %s goes back", (field) => {
    expect(
      brokenBy(({ world, follower, followerNode }) =>
        world.watch.stepped(follower, { ...followerNode, [field]: followerNode[field] - 1 }, nothing),
      ),
    ).toBe("Monotonic");
  });

  it("sees another entry taken for committed", () => {
    expect(
      brokenBy(({ world, stranger, strangerNode }) => {
        const entry: Entry = { kind: "no-op", index: 1, term: 900 };
        const log = { ...strangerNode.log, lastIndex: 1 } as Node["log"];
        world.watch.stepped(stranger, { ...strangerNode, log, commit: 1 }, writing({ entries: [entry] }));
      }),
    ).toBe("StateMachineSafety");
  });

  it("sees a second vote in a term", () => {
    expect(
      brokenBy(({ world, follower, leader, stranger, leaderNode: { term } }) => {
        world.watch.promised(follower, granted(follower.id, leader.id, term));
        world.watch.promised(follower, granted(follower.id, stranger.id, term));
      }),
    ).toBe("OneVotePerTerm");
  });

  it("sees a promise that is not on disk", () => {
    expect(
      brokenBy(({ world, follower, leader, followerNode: { term } }) => {
        const matchIndex = follower.disk.view.lastIndex + 1;
        const { id: from } = follower;
        world.watch.promised(follower, {
          kind: "append-accepted",
          id: 1,
          from,
          to: leader.id,
          term,
          clock: 0,
          matchIndex,
        });
      }),
    ).toBe("PromiseIsDurable");
  });

  it("sees a client told that something is done which was never committed", () => {
    expect(brokenBy(({ world, leader }) => world.watch.acknowledged(leader, world.watch.committed.lastIndex + 1))).toBe(
      "AcknowledgedIsCommitted",
    );
  });

  it("sees an entry applied that is not the next one", () => {
    const entry = (index: number): Entry => ({ kind: "no-op", index, term: 1 });
    expect(brokenBy(({ world, follower }) => world.watch.applied(follower, entry(follower.applied + 2)))).toBe(
      "StateMachineSafety",
    );
  });

  it("sees state machines that differ at the same entry", () => {
    expect(
      brokenBy(({ world, leader }) => {
        world.watch.imageTaken(leader, new Uint8Array([1]));
        world.watch.imageTaken(leader, new Uint8Array([2]));
      }),
    ).toBe("StateMachineSafety");
    expect(
      brokenBy(({ world, leader }) => {
        world.watch.imageTaken(leader, new Uint8Array([1]));
        world.watch.restored(leader, new Uint8Array([2]));
      }),
    ).toBe("StateMachineSafety");
  });
});

describe("a run of a core with a mistake", () => {
  const mutantNamed = (name: string): Mutant => {
    const mutant = mutants.find((known) => known.name === name);
    if (mutant === undefined) throw new Error(`there is no mutant ${name}`);
    return mutant;
  };
  const failureOf = async (mutant: Mutant, seed: number) => {
    const { simulate } = await patchedSimulator(mutant);
    return simulate({ seed, servers: 5, spares: 2, steps: 15_000, faults: null, log: null }).failure;
  };

  it.each([
    ["M1", 2, "CommitsOwnTerm"],
    ["M6", 1, "CommittedIsDurableOnAQuorum"],
    ["M26", 17, "ConfigurationOfLog"],
  ])("%s fails with seed %i: %s", async (name, seed, property) => {
    expect(await failureOf(mutantNamed(name), seed)).toMatchObject({ property });
  });

  it("is audited server by server", async () => {
    const failure = await failureOf(mutantNamed("M12"), 1);
    expect(failure).toMatchObject({ property: "NoAssertionFails" });
    expect(failure?.what).toContain("broke a rule in its step: a candidate and a leader have voted for themselves");
  });
});
