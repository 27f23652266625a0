import { describe, expect, it } from "vitest";
import { codecOf, instantiate, Reader, type Settings, setOf, Writer } from "../../lang/index.ts";
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
});
