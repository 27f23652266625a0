/**
 * Raft.tla, the specification of Raft that others have explored: the yardstick for counts and for speed. Our own
 * specification of Raft is another one.
 */
import type { Expectation, ModelDeclaration } from "../../../spec/lang/index.ts";
import { type Bounds, type Counts, inNames, inWords, namedBy, settingsOf } from "./bounds.ts";
import { deadData } from "./dead-data.ts";
import * as elections from "./elections.ts";
import * as properties from "./properties.ts";
import * as replication from "./replication.ts";
import { raft } from "./state.ts";

const origin = "Vanlightly/raft-tlaplus, specifications/standard-raft/Raft.tla";

/**
 * The original asks for weak fairness of all actions together. No behaviour of a bounded model comes back to an earlier
 * state, so each ends where nothing is possible, and weak fairness of every action asks for the same.
 */
const raftTlaplus = raft.spec({
  says: "Raft with elections and log replication, one entry a message, no change of membership.",
  source: origin,
  actions: [
    elections.restart,
    elections.requestVote,
    elections.becomeLeader,
    replication.clientRequest,
    replication.advanceCommitIndex,
    replication.appendEntries,
    elections.updateTerm,
    elections.handleRequestVoteRequest,
    elections.handleRequestVoteResponse,
    replication.rejectAppendEntriesRequest,
    replication.acceptAppendEntriesRequest,
    replication.handleAppendEntriesResponse,
  ],
  properties: [
    properties.leaderHasAllAckedValues,
    properties.noLogDivergence,
    properties.noServerCommits,
    properties.noFollowerCommits,
    properties.valuesNotStuck,
  ],
  symmetry: ["Server"],
  deadData,
});

/** The configurations of the published table, and two false statements that fall early. */
export const raftTlaplusModels: readonly ModelDeclaration[] = [
  plain({ s: 2, e: 2, r: 0, v: 1 }, { distinct: 2_224, generated: 3_277, depth: 28 }),
  plain({ s: 2, e: 2, r: 1, v: 1 }, { distinct: 12_394, generated: 20_833, depth: 33 }),
  symmetric({ s: 2, e: 2, r: 1, v: 1 }, { distinct: 6_201, generated: 10_427, depth: 33 }),
  plain({ s: 2, e: 3, r: 0, v: 1 }, { distinct: 82_234, generated: 143_273, depth: 40 }),
  plain({ s: 3, e: 1, r: 0, v: 1 }, { distinct: 37_345, generated: 93_145, depth: 35 }),
  symmetric({ s: 3, e: 1, r: 0, v: 1 }, { distinct: 6_247, generated: 15_570, depth: 35 }),
  plain({ s: 3, e: 1, r: 1, v: 1 }, { distinct: 179_798, generated: 474_892, depth: 36 }),
  symmetric({ s: 3, e: 1, r: 1, v: 1 }, { distinct: 30_039, generated: 79_335, depth: 36 }),
  refuted("first-commit", "How soon a server can commit.", "NoServerCommits", 11),
  refuted("follower-commit", "How soon a follower can learn of a commit.", "NoFollowerCommits", 13),
  large(plain({ s: 3, e: 1, r: 2, v: 1 }, { distinct: 392_643, generated: 1_273_387, depth: 37 })),
  large(plain({ s: 3, e: 1, r: 0, v: 2 }, { distinct: 4_083_889, generated: 10_355_413, depth: 55 })),
  large(plain({ s: 3, e: 2, r: 0, v: 1 }, { distinct: 53_346_676, generated: 188_560_084, depth: 49 })),
  large(symmetric({ s: 3, e: 2, r: 0, v: 1 }, { distinct: 8_891_248, generated: 31_427_082, depth: 49 })),
];

/** Takes the reference checker minutes to hours. */
function large(model: ModelDeclaration): ModelDeclaration {
  return { ...model, large: true };
}

function plain(bounds: Bounds, counts: Counts): ModelDeclaration {
  return {
    ...bounded(bounds),
    says: `${inWords(bounds)}.`,
    properties: ["LeaderHasAllAckedValues", "NoLogDivergence"],
    expect: { verdict: "holds", ...counts, source: sourceOf(bounds) },
  };
}

function symmetric(bounds: Bounds, counts: Counts): ModelDeclaration {
  const model = plain(bounds, counts);
  return {
    ...model,
    name: `${model.name}-sym`,
    says: `${inWords(bounds)}; states that differ in the names of servers count once.`,
    symmetry: true,
    expect: { verdict: "holds", ...counts, source: `${sourceOf(bounds)}, SYMMETRY symmServers` },
  };
}

function refuted(suffix: string, says: string, violated: string, traceLength: number): ModelDeclaration {
  const bounds = { s: 3, e: 2, r: 0, v: 1 };
  const model = bounded(bounds);
  const expect: Expectation = { verdict: "violated", violated, traceLength, source: sourceOf(bounds) };
  return { ...model, name: `${model.name}-${suffix}`, says, properties: [violated], expect };
}

function bounded(bounds: Bounds): Omit<ModelDeclaration, "says"> {
  return {
    name: `raft-${namedBy(bounds)}`,
    spec: raftTlaplus,
    set: settingsOf(bounds),
    deadlock: false,
    file: "checker/corpus/raft-tlaplus/index.ts",
  };
}

function sourceOf(bounds: Bounds): string {
  return `${origin}, ${inNames(bounds)}`;
}
