/** RaftFsync.tla: Raft in which entries of the log reach the disk later than they reach the log. */
import type { ModelDeclaration } from "../../../spec/lang/index.ts";
import * as onceElections from "../raft-sent-once/elections.ts";
import { type Configuration, holding, refuted, refutedAlone } from "../raft-sent-once/models.ts";
import { committedEntriesReachMajority } from "../raft-sent-once/properties.ts";
import * as onceReplication from "../raft-sent-once/replication.ts";
import { type Bounds, inNames, inWords, namedBy, settingsOf } from "../raft-tlaplus/bounds.ts";
import { handleRequestVoteResponse, updateTerm } from "../raft-tlaplus/elections.ts";
import { leaderHasAllAckedValues, noLogDivergence } from "../raft-tlaplus/properties.ts";
import { clientRequest } from "../raft-tlaplus/replication.ts";
import { advanceFsyncIndex, raftFsync } from "./disk.ts";
import { requestVote, timeout } from "./elections.ts";

const origin = "Vanlightly/raft-tlaplus, specifications/raft-and-fsync/RaftFsync.tla";

const raftFsyncTlaplus = raftFsync.spec({
  says: "Raft with elections and log replication, whose servers lose in a restart what has not reached their disks.",
  source: origin,
  actions: [
    onceElections.restart,
    timeout,
    requestVote,
    onceElections.becomeLeader,
    clientRequest,
    onceReplication.advanceCommitIndex,
    onceReplication.appendEntries,
    advanceFsyncIndex,
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

/**
 * Whether a leader waits for its fsync before it sends an entry, whether it waits before it counts itself, and whether a
 * follower waits before it acknowledges. In the name of a model `ftt` says that leaders do not wait before they send.
 */
type Fsync = `${"t" | "f"}${"t" | "f"}${"t" | "f"}`;

/** TLC gives each of these numbers. */
export const raftFsyncModels: readonly ModelDeclaration[] = [
  holding(configured("ftt", { s: 2, e: 1, r: 1, v: 1 }), { distinct: 464, generated: 877, depth: 20 }),
  holding(configured("ftt", { s: 2, e: 2, r: 1, v: 1 }), { distinct: 26_386, generated: 54_827, depth: 32 }),
  holding(configured("ttt", { s: 2, e: 2, r: 1, v: 1 }), { distinct: 20_666, generated: 39_981, depth: 32 }),
  holding(configured("fft", { s: 2, e: 2, r: 1, v: 1 }), { distinct: 35_586, generated: 79_867, depth: 33 }),
  holding(configured("ttf", { s: 2, e: 2, r: 1, v: 1 }), { distinct: 40_720, generated: 89_033, depth: 33 }),
  holding(configured("ttt", { s: 2, e: 1, r: 1, v: 2 }), { distinct: 11_032, generated: 19_401, depth: 28 }),
  holding(configured("fff", { s: 2, e: 1, r: 2, v: 1 }), { distinct: 3_021, generated: 8_019, depth: 23 }),
  refuted(configured("fff", { s: 2, e: 2, r: 2, v: 1 }), "LeaderHasAllAckedValues", 20),
  refutedAlone(configured("ttf", { s: 2, e: 1, r: 1, v: 1 }), "majority", "CommittedEntriesReachMajority", 14),
  refutedAlone(configured("fff", { s: 3, e: 1, r: 1, v: 1 }), "majority", "CommittedEntriesReachMajority", 13),
];

function configured(fsync: Fsync, bounds: Bounds): Configuration {
  const [beforeAppendEntries, beforeIncludeInQuorum, beforeReply] = [...fsync].map((letter) => letter === "t");
  return {
    name: `raft-fsync-${fsync}-${namedBy(bounds)}`,
    spec: raftFsyncTlaplus,
    says: `${inWords(bounds)}; ${waits(fsync)}.`,
    set: {
      ...settingsOf(bounds),
      LeaderFsyncBeforeAppendEntries: beforeAppendEntries === true,
      LeaderFsyncBeforeIncludeInQuorum: beforeIncludeInQuorum === true,
      FollowerFsyncBeforeReply: beforeReply === true,
    },
    file: "checker/corpus/raft-fsync-tlaplus/index.ts",
    source: `${origin}, the three constants of fsync = ${fsync.toUpperCase()}, ${inNames(bounds)}`,
  };
}

function waits(fsync: Fsync): string {
  const what = ["leaders to send", "leaders to count themselves", "followers to acknowledge"];
  const waiting = what.filter((_, position) => fsync[position] === "t");
  return waiting.length === 0 ? "nothing waits for an fsync" : `an fsync is waited for by ${waiting.join(", ")}`;
}
