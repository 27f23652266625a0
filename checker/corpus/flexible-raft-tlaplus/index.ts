/** FlexibleRaft.tla: Raft whose elections and commitments take quorums of different sizes, as in Flexible Paxos. */
import { type ConstantsOf, count, type ModelDeclaration, protocol } from "../../../spec/lang/index.ts";
import * as onceElections from "../raft-sent-once/elections.ts";
import { type Configuration, holding, refuted, refutedAlone } from "../raft-sent-once/models.ts";
import { committedEntriesReachMajority } from "../raft-sent-once/properties.ts";
import { rules } from "../raft-sent-once/protocol.ts";
import * as onceReplication from "../raft-sent-once/replication.ts";
import { type Bounds, inNames, inWords, namedBy, settingsOf } from "../raft-tlaplus/bounds.ts";
import { handleRequestVoteResponse, requestVote, updateTerm } from "../raft-tlaplus/elections.ts";
import { leaderHasAllAckedValues, noLogDivergence } from "../raft-tlaplus/properties.ts";
import { clientRequest } from "../raft-tlaplus/replication.ts";
import { commonStateOf, constants } from "../raft-tlaplus/state.ts";

const origin = "Vanlightly/raft-tlaplus, specifications/flexible-raft/FlexibleRaft.tla";

const flexibleConstants = {
  ...constants,
  ElectionQuorumSize: count({ default: 2, min: 1, max: 5, says: "how many votes make a candidate leader" }),
  ReplicationQuorumSize: count({ default: 2, min: 1, max: 5, says: "how many servers must have what is committed" }),
};

type FlexibleConstants = ConstantsOf<typeof flexibleConstants>;

const flexibleRaft = protocol("FlexibleRaft", {
  constants: flexibleConstants,
  state: commonStateOf,
  rules: {
    ...rules,
    isElectionQuorum: (size: number, c: FlexibleConstants) => size >= c.ElectionQuorumSize,
    isReplicationQuorum: (size: number, c: FlexibleConstants) => size >= c.ReplicationQuorumSize,
  },
});

const flexibleRaftTlaplus = flexibleRaft.spec({
  says: "Raft with elections and log replication, and a quorum size of its own for each of the two.",
  source: origin,
  actions: [
    onceElections.restart,
    requestVote,
    onceElections.becomeLeader,
    clientRequest,
    onceReplication.advanceCommitIndex,
    onceReplication.appendEntries,
    updateTerm,
    onceElections.handleRequestVoteRequest,
    handleRequestVoteResponse,
    onceReplication.rejectAppendEntriesRequest,
    onceReplication.acceptAppendEntriesRequest,
    onceReplication.handleAppendEntriesResponse,
  ],
  properties: [leaderHasAllAckedValues, noLogDivergence, committedEntriesReachMajority],
  symmetry: ["Server"],
});

/** How many votes elect a leader, and how many servers commit: `1eq-2rq` in the name of a model. */
interface Quorums {
  readonly eq: number;
  readonly rq: number;
}

/** TLC gives each of these numbers. */
export const flexibleRaftModels: readonly ModelDeclaration[] = [
  holding(configured({ eq: 2, rq: 2 }, { s: 3, e: 1, r: 0, v: 1 }), {
    distinct: 122_413,
    generated: 343_189,
    depth: 29,
  }),
  refuted(configured({ eq: 1, rq: 2 }, { s: 3, e: 2, r: 0, v: 1 }), "LeaderHasAllAckedValues", 11),
  holding(configured({ eq: 2, rq: 1 }, { s: 2, e: 2, r: 1, v: 1 }), { distinct: 45_484, generated: 89_575, depth: 29 }),
  holding(configured({ eq: 1, rq: 2 }, { s: 2, e: 2, r: 0, v: 1 }), {
    distinct: 48_604,
    generated: 126_187,
    depth: 27,
  }),
  holding(configured({ eq: 2, rq: 2 }, { s: 2, e: 1, r: 1, v: 2 }), { distinct: 10_394, generated: 18_005, depth: 25 }),
  refuted(configured({ eq: 1, rq: 1 }, { s: 2, e: 2, r: 1, v: 1 }), "LeaderHasAllAckedValues", 7),
  refuted(configured({ eq: 2, rq: 1 }, { s: 3, e: 2, r: 0, v: 1 }), "LeaderHasAllAckedValues", 13),
  refutedAlone(configured({ eq: 1, rq: 1 }, { s: 2, e: 2, r: 0, v: 2 }), "divergence", "NoLogDivergence", 9),
  refutedAlone(
    configured({ eq: 2, rq: 1 }, { s: 3, e: 1, r: 0, v: 1 }),
    "majority",
    "CommittedEntriesReachMajority",
    8,
  ),
];

function configured({ eq, rq }: Quorums, bounds: Bounds): Configuration {
  return {
    name: `flexible-raft-${eq}eq-${rq}rq-${namedBy(bounds)}`,
    spec: flexibleRaftTlaplus,
    says: `${inWords(bounds)}; an election quorum of ${eq} and a replication quorum of ${rq}.`,
    set: { ...settingsOf(bounds), ElectionQuorumSize: eq, ReplicationQuorumSize: rq },
    file: "checker/corpus/flexible-raft-tlaplus/index.ts",
    source: `${origin}, ElectionQuorumSize = ${eq}, ReplicationQuorumSize = ${rq}, ${inNames(bounds)}`,
  };
}
