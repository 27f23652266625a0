import { describe, expect, it } from "vitest";
import { codecOf, instantiate, Reader, type Settings, seq, setOf, Writer } from "../../lang/index.ts";
import type { Constants } from "../constants.ts";
import { raftSpec } from "../raft.ts";
import type { ServerDraft, StateDraft } from "../state.ts";

const roomy: Settings = { maxTerm: 4, maxLogLength: 4, maxRestarts: 2, Value: 2 };

interface Scene {
  readonly state: StateDraft;
  readonly c: Constants;
  /** The servers s1, s2, s3. */
  readonly servers: readonly [ServerDraft, ServerDraft, ServerDraft];
}

/** The initial state of three servers, changed by `edit`. */
function scene(edit: (scene: Scene) => void, settings: Settings = {}): Scene {
  const resolved = instantiate({ name: "scene", says: "", spec: raftSpec, set: { ...roomy, ...settings } });
  if (!resolved.ok) throw new Error(JSON.stringify(resolved.problems));
  const codec = codecOf(resolved.value.schema, "");
  const writer = new Writer();
  codec.write(codec.initial(), writer, null);
  const state = codec.read(new Reader(writer.take())) as StateDraft;
  const c = resolved.value.constants as Constants;
  const [a, b, d] = c.Server.map((i) => state.servers.get(i));
  if (a === undefined || b === undefined || d === undefined) throw new Error("a scene needs three servers");
  const result: Scene = { state, c, servers: [a, b, d] };
  edit(result);
  return result;
}

/** Appends entries of these terms, all with the value `v1` unless told. */
function append({ c }: Scene, server: ServerDraft, terms: readonly number[], value = 0): void {
  const v = c.Value[value];
  if (v === undefined) throw new Error("no such value");
  for (const term of terms) server.log.push({ term, value: v });
}

/** The names of the invariants that are false in a scene. */
function falseIn({ state, c }: Scene): readonly string[] {
  return raftSpec.properties.flatMap((property) => {
    if (property.kind !== "invariant" || !property.part(c)) return [];
    const speaks = property.when === null || property.when(state, c);
    return speaks && !property.holds(state, c) ? [property.name] : [];
  });
}

/** The names of the step invariants that the step from one scene to another breaks. */
function brokenBy(before: Scene, after: Scene): readonly string[] {
  return raftSpec.properties.flatMap((property) => {
    if (property.kind !== "step" || !property.part(before.c)) return [];
    const speaks = property.when === null || property.when(before.state, after.state, before.c);
    return speaks && !property.holds(before.state, after.state, before.c) ? [property.name] : [];
  });
}

/** Makes a server the leader of a term, as BecomeLeader leaves it. */
function lead({ c }: Scene, server: ServerDraft, position: number, term: number): void {
  server.role = "Leader";
  server.term = term;
  server.votedFor = c.Server[position] ?? null;
}

const nothing = scene(() => undefined);

describe("the properties of Raft", () => {
  it("all hold in the initial state, and in a step that changes nothing", () => {
    expect(falseIn(nothing)).toEqual([]);
    expect(brokenBy(nothing, nothing)).toEqual([]);
  });

  it("ElectionSafety is false with two leaders in one term", () => {
    const two = scene((s) => {
      lead(s, s.servers[0], 0, 2);
      lead(s, s.servers[2], 2, 2);
    });
    expect(falseIn(two)).toEqual(["ElectionSafety"]);
  });

  it("ElectionSafety allows two leaders in different terms", () => {
    const two = scene((s) => {
      lead(s, s.servers[0], 0, 1);
      lead(s, s.servers[2], 2, 2);
    });
    expect(falseIn(two)).toEqual([]);
  });

  it("LogMatching is false with different values at the same index and term", () => {
    const differ = scene((s) => {
      for (const server of s.servers) server.term = 1;
      append(s, s.servers[0], [1], 0);
      append(s, s.servers[1], [1], 1);
    });
    expect(falseIn(differ)).toEqual(["LogMatching"]);
  });

  it("LogMatching is false where logs agree at an index but not before it", () => {
    const differ = scene((s) => {
      for (const server of s.servers) server.term = 3;
      append(s, s.servers[0], [1, 3]);
      append(s, s.servers[1], [2, 3]);
    });
    expect(falseIn(differ)).toEqual(["LogMatching"]);
  });

  it("LeaderCompleteness is false where a leader lacks what a server of a lower term has committed", () => {
    const lacking = scene((s) => {
      lead(s, s.servers[2], 2, 2);
      for (const server of [s.servers[0], s.servers[1]]) {
        server.term = 1;
        append(s, server, [1]);
      }
      s.servers[0].commitIndex = 1;
    });
    expect(falseIn(lacking)).toEqual(["LeaderCompleteness"]);
  });

  it("LeaderCompleteness is false where a leader lacks what a server that followed it into its term has committed", () => {
    const lacking = scene((s) => {
      lead(s, s.servers[2], 2, 2);
      for (const server of [s.servers[0], s.servers[1]]) {
        server.term = 2;
        append(s, server, [1]);
      }
      s.servers[0].commitIndex = 1;
    });
    expect(falseIn(lacking)).toEqual(["LeaderCompleteness"]);
  });

  it("StateMachineSafety is false where two servers have committed different entries at one index", () => {
    const differ = scene((s) => {
      for (const server of s.servers) {
        server.term = 2;
        server.commitIndex = 1;
      }
      append(s, s.servers[0], [1]);
      append(s, s.servers[1], [2]);
      append(s, s.servers[2], [2]);
    });
    expect(falseIn(differ)).toEqual(["StateMachineSafety", "CommittedOnQuorum"]);
  });

  it("CommittedOnQuorum is false where only one server has a committed entry", () => {
    const lonely = scene((s) => {
      s.servers[0].term = 1;
      append(s, s.servers[0], [1]);
      s.servers[0].commitIndex = 1;
    });
    expect(falseIn(lonely)).toEqual(["CommittedOnQuorum"]);
  });

  it("CommittedOnQuorum looks at the disks where durability is split", () => {
    const inMemoryOnly = scene(
      (s) => {
        for (const server of s.servers) {
          server.term = 1;
          server.durable.term = 1;
          append(s, server, [1]);
        }
        s.servers[0].commitIndex = 1;
      },
      { writeQueue: true },
    );
    expect(falseIn(inMemoryOnly)).toEqual(["CommittedOnQuorum"]);
  });

  it("WellFormed is false with decreasing terms in a log, entries from the future, or a follower with votes", () => {
    const decreasing = scene((s) => {
      s.servers[0].term = 2;
      append(s, s.servers[0], [2, 1]);
    });
    const future = scene((s) => append(s, s.servers[0], [1]));
    const voted = scene((s) => s.servers[0].votesGranted.assign(s.c.Server.slice(0, 1)));
    expect([falseIn(decreasing), falseIn(future), falseIn(voted)]).toEqual([
      ["WellFormed"],
      ["WellFormed"],
      ["WellFormed"],
    ]);
  });

  it("LeaderAppendOnly is broken by a leader that drops an entry", () => {
    const before = scene((s) => {
      lead(s, s.servers[0], 0, 1);
      append(s, s.servers[0], [1, 1]);
    });
    const after = scene((s) => {
      lead(s, s.servers[0], 0, 1);
      append(s, s.servers[0], [1]);
    });
    expect(brokenBy(before, after)).toEqual(["LeaderAppendOnly"]);
  });

  it("SnapshotIsCommitted is false with a snapshot beyond the commit index", () => {
    const ahead = scene(
      (s) => {
        s.servers[0].term = 1;
        append(s, s.servers[0], [1]);
        s.servers[0].snapshotIndex = 1;
      },
      { snapshots: true },
    );
    expect(falseIn(ahead)).toEqual(["SnapshotIsCommitted"]);
  });

  it("SnapshotIsCommitted is false where a snapshot under way is not what another server has committed", () => {
    const snapshotOf = (term: number): Scene =>
      scene(
        (s) => {
          for (const server of s.servers) {
            server.term = 2;
            append(s, server, [2]);
          }
          s.servers[0].commitIndex = 1;
          s.servers[0].snapshotIndex = 1;
          const [from, to, value] = [s.c.Server[0], s.c.Server[1], s.c.Value[0]];
          if (from === undefined || to === undefined || value === undefined)
            throw new Error("a scene needs two servers");
          const last = { lastIncludedIndex: 1, lastIncludedTerm: term, content: seq({ term, value }) };
          s.state.network.bag.add({ kind: "InstallSnapshotRequest", term: 2, from, to, ...last });
        },
        { snapshots: true },
      );
    expect(falseIn(snapshotOf(1))).toEqual(["SnapshotIsCommitted"]);
    expect(falseIn(snapshotOf(2))).toEqual([]);
  });

  it("SnapshotIsCommitted looks at the disks where writes are queued", () => {
    const snapshotOf = (value: number): Scene =>
      scene(
        (s) => {
          for (const server of s.servers) {
            server.term = 1;
            server.durable.term = 1;
            append(s, server, [1]);
            server.durable.log.assign(server.log);
            server.commitIndex = 1;
          }
          s.servers[0].snapshotIndex = 1;
          s.servers[0].durable.snapshotIndex = 1;
          const entry = s.c.Value[value];
          if (entry !== undefined) s.servers[0].durable.log.assign(seq({ term: 1, value: entry }));
        },
        { snapshots: true, writeQueue: true },
      );
    expect(falseIn(snapshotOf(1))).toEqual(["SnapshotIsCommitted"]);
    expect(falseIn(snapshotOf(0))).toEqual([]);
  });

  it("MonotonicTerm is broken by a term that decreases, even across a restart", () => {
    const before = scene((s) => {
      s.servers[0].term = 2;
    });
    const after = scene((s) => {
      s.servers[0].term = 1;
      s.state.restarts = 1;
    });
    expect(brokenBy(before, after)).toEqual(["MonotonicTerm"]);
  });

  it("MonotonicTerm allows a crash to lose a term that was not on disk", () => {
    const edit = (s: Scene): void => {
      s.servers[0].term = 1;
    };
    const before = scene(edit, { writeQueue: true });
    const after = scene(
      (s) => {
        s.state.restarts = 1;
      },
      { writeQueue: true },
    );
    expect(brokenBy(before, after)).toEqual([]);
  });

  it("MonotonicVote is broken by a second vote in the same term", () => {
    const voteFor = (position: number): Scene =>
      scene((s) => {
        s.servers[0].term = 1;
        s.servers[0].votedFor = s.c.Server[position] ?? null;
      });
    expect(brokenBy(voteFor(1), voteFor(2))).toEqual(["MonotonicVote"]);
  });

  it("MonotonicCommitIndex is broken by a commit index that decreases while the server runs", () => {
    const committed = (commitIndex: number, restarts: number): Scene =>
      scene((s) => {
        for (const server of s.servers) append(s, server, [1, 1]);
        s.servers[1].commitIndex = commitIndex;
        s.state.restarts = restarts;
      });
    expect(brokenBy(committed(2, 0), committed(1, 0))).toEqual(["MonotonicCommitIndex"]);
    expect(brokenBy(committed(2, 0), committed(0, 1))).toEqual([]);
  });

  it("LinearizableReads is broken by an answer below what was committed when the read was asked", () => {
    const waiting = (index: number, isWaiting: boolean): Scene =>
      scene(
        (s) => {
          lead(s, s.servers[0], 0, 1);
          const confirmedBy = setOf(...s.c.Server);
          if (isWaiting) s.servers[0].reads.add({ context: 1, index, confirmedBy, committed: 2 });
        },
        { readIndex: true },
      );
    expect(brokenBy(waiting(1, true), waiting(1, false))).toEqual(["LinearizableReads"]);
    expect(brokenBy(waiting(2, true), waiting(2, false))).toEqual([]);
    expect(brokenBy(waiting(1, true), waiting(1, true))).toEqual([]);
  });

  it("MonotonicMatchIndex is broken by a leader that forgets what matched", () => {
    const matched = (index: number): Scene =>
      scene((s) => {
        lead(s, s.servers[0], 0, 1);
        s.servers[0].matchIndex.fill(index);
      });
    expect(brokenBy(matched(1), matched(0))).toEqual(["MonotonicMatchIndex"]);
  });

  it("ElectionNeedsPreVotes is broken by a candidate that has not asked a majority", () => {
    const asked = (count: number): Scene =>
      scene((s) => s.servers[0].preVotesGranted.assign(s.c.Server.slice(0, count)), { preVote: true });
    const after = scene(
      (s) => {
        s.servers[0].term = 1;
        s.servers[0].role = "Candidate";
      },
      { preVote: true },
    );
    expect([brokenBy(asked(1), after), brokenBy(asked(2), after)]).toEqual([["ElectionNeedsPreVotes"], []]);
  });

  it("OnlyFollowersAsk is false where a leader has pre-votes, or a follower those of others alone", () => {
    const leader = scene(
      (s) => {
        lead(s, s.servers[0], 0, 1);
        s.servers[0].preVotesGranted.assign(s.c.Server.slice(0, 1));
      },
      { preVote: true },
    );
    const others = scene((s) => s.servers[0].preVotesGranted.assign(s.c.Server.slice(1, 2)), { preVote: true });
    expect([falseIn(leader), falseIn(others)]).toEqual([["OnlyFollowersAsk"], ["OnlyFollowersAsk"]]);
  });

  it("OnlyLeadersCheck is false where a follower keeps who has answered", () => {
    const follower = scene((s) => s.servers[0].heardFrom.assign(s.c.Server.slice(1, 2)), { checkQuorum: true });
    expect(falseIn(follower)).toEqual(["OnlyLeadersCheck"]);
  });

  it("AHeardLeaderStays is broken by a leader that a majority has answered and that steps down", () => {
    const heard = (count: number): Scene =>
      scene(
        (s) => {
          lead(s, s.servers[0], 0, 1);
          s.servers[0].heardFrom.assign(s.c.Server.slice(1, 1 + count));
        },
        { checkQuorum: true },
      );
    const after = scene(
      (s) => {
        s.servers[0].term = 1;
        s.servers[0].votedFor = s.c.Server[0] ?? null;
      },
      { checkQuorum: true },
    );
    expect([brokenBy(heard(1), after), brokenBy(heard(0), after)]).toEqual([["AHeardLeaderStays"], []]);
  });

  it("NoRequestsDuringTransfer is broken by a leader whose log grows while it hands over", () => {
    const handsOver = (terms: readonly number[]): Scene =>
      scene(
        (s) => {
          lead(s, s.servers[0], 0, 1);
          s.servers[0].transferTo = s.c.Server[1] ?? null;
          append(s, s.servers[0], terms);
        },
        { leadershipTransfer: true },
      );
    expect(brokenBy(handsOver([1]), handsOver([1, 1]))).toEqual(["NoRequestsDuringTransfer"]);
  });

  it("HeardLeaderKeepsVotes is broken by a request for a vote that moves a server which hears a leader", () => {
    const hears = (hearsLeader: boolean): Scene =>
      scene(
        (s) => {
          const [to, from] = s.c.Server;
          if (to === undefined || from === undefined) throw new Error("a scene needs three servers");
          s.servers[0].hearsLeader = hearsLeader;
          const request = { term: 2, from, to, lastLogIndex: 0, lastLogTerm: 0, isTransfer: false };
          s.state.network.bag.add({ kind: "RequestVoteRequest", ...request });
        },
        { leaderStickiness: true },
      );
    const after = scene(
      (s) => {
        s.servers[0].term = 2;
      },
      { leaderStickiness: true },
    );
    expect([brokenBy(hears(true), after), brokenBy(hears(false), after)]).toEqual([["HeardLeaderKeepsVotes"], []]);
  });

  it("PreVotesBindNoVoter is broken by a request for a pre-vote whose term a server adopts", () => {
    const isAsked = scene(
      (s) => {
        const [to, from] = s.c.Server;
        if (to === undefined || from === undefined) throw new Error("a scene needs three servers");
        s.state.network.bag.add({ kind: "PreVoteRequest", term: 2, from, to, lastLogIndex: 0, lastLogTerm: 0 });
      },
      { preVote: true },
    );
    const inTerm = (term: number): Scene =>
      scene(
        (s) => {
          s.servers[0].term = term;
        },
        { preVote: true },
      );
    expect([brokenBy(isAsked, inTerm(2)), brokenBy(isAsked, inTerm(0))]).toEqual([["PreVotesBindNoVoter"], []]);
  });

  it("TargetHoldsLeadersLog is broken by a TimeoutNow to a server that lacks an entry of the leader", () => {
    const leads = (edit: (s: Scene) => void): Scene =>
      scene(
        (s) => {
          lead(s, s.servers[0], 0, 1);
          append(s, s.servers[0], [1]);
          edit(s);
        },
        { leadershipTransfer: true },
      );
    const after = leads((s) => {
      const [from, to] = s.c.Server;
      if (to === undefined || from === undefined) throw new Error("a scene needs three servers");
      s.state.network.bag.add({ kind: "TimeoutNow", term: 1, from, to });
    });
    expect(
      brokenBy(
        leads(() => undefined),
        after,
      ),
    ).toEqual(["TargetHoldsLeadersLog"]);
  });
});
