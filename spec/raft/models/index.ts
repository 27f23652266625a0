/**
 * The named, bounded models of Raft: each turns on one more part of the protocol, or widens one bound. Verdicts, counts
 * and the goals out of reach are recorded; a test runs every one of them.
 */
import type { Expectation, ModelDeclaration, SettingsOf } from "../../lang/index.ts";
import type { constants } from "../constants.ts";
import { raftSpec } from "../raft.ts";

interface Bounded {
  readonly says: string;
  readonly set: SettingsOf<typeof constants>;
  readonly symmetry?: boolean;
  readonly expect: Omit<Expectation, "verdict" | "source">;
}

/** Two candidates in one term take three messages in flight: a vote request under way, and two more. */
const twoInFlight = ["CompetingCandidates"];

const models: Readonly<Record<string, Bounded>> = {
  raft: {
    says: "The default: three servers, two terms, one entry, three messages in flight.",
    set: { maxInFlight: 3 },
    expect: { distinct: 183_675, generated: 603_476, depth: 41, unmet: [] },
  },
  "raft-plain": {
    says: "Two messages in flight, and no symmetry: every state counted by itself.",
    set: {},
    symmetry: false,
    expect: { distinct: 31_765, generated: 74_176, depth: 34, unmet: twoInFlight },
  },
  "raft-one-server": {
    says: "A cluster of one that restarts twice, and goes on while it writes to its disk.",
    set: { Server: 1, maxTerm: 3, maxLogLength: 3, maxRestarts: 2, writeQueue: true },
    expect: { distinct: 631, generated: 1_350, depth: 23, unmet: [] },
  },
  "raft-two-servers": {
    says: "Two servers, three terms, two entries.",
    set: { Server: 2, maxTerm: 3, maxLogLength: 2 },
    expect: { distinct: 14_745, generated: 33_444, depth: 35, unmet: [] },
  },
  "raft-restarts": {
    says: "Two restarts: what is volatile is lost, what is on disk is not.",
    set: { maxRestarts: 2 },
    expect: { distinct: 25_631, generated: 101_485, depth: 36, unmet: twoInFlight },
  },
  "raft-duplicates": {
    says: "The network delivers one message twice.",
    set: { maxDuplicates: 1 },
    expect: { distinct: 25_556, generated: 69_581, depth: 35, unmet: twoInFlight },
  },
  "raft-loss": {
    says: "The network loses messages.",
    set: { loss: true },
    expect: { distinct: 38_212, generated: 152_616, depth: 35, unmet: [] },
  },
  "raft-channels": {
    says: "Messages between two servers arrive in the order they were sent.",
    set: { network: "channels", maxInFlight: 3 },
    expect: { distinct: 48_799, generated: 142_780, depth: 40, unmet: [] },
  },
  "raft-write-queue": {
    says: "A server goes on while it writes to its disk, and a crash loses what has not been written.",
    set: { writeQueue: true, maxRestarts: 1 },
    expect: { distinct: 116_669, generated: 366_778, depth: 58, unmet: [] },
  },
  "raft-write-queue-duplicates": {
    says: "The same with two servers, and the network delivers one message twice.",
    set: { Server: 2, writeQueue: true, maxRestarts: 1, maxDuplicates: 1 },
    expect: { distinct: 41_658, generated: 133_654, depth: 49, unmet: [] },
  },
  "raft-torn-writes": {
    says: "Two writes under way, of which a crash leaves any part; refusals do not wait for them.",
    set: {
      Server: 2,
      maxLogLength: 2,
      writeQueue: true,
      maxWrites: 2,
      tornWrites: true,
      onlyPromisesWait: true,
      maxRestarts: 1,
    },
    expect: { distinct: 48_132, generated: 172_543, depth: 50, unmet: [] },
  },
  "raft-batches": {
    says: "Up to two entries in one message.",
    set: { maxLogLength: 2, maxBatch: 2 },
    expect: { distinct: 77_950, generated: 194_812, depth: 41, unmet: twoInFlight },
  },
  "raft-heartbeats": {
    says: "Leaders may send empty messages at any time.",
    set: { maxLogLength: 2, heartbeats: true },
    expect: { distinct: 88_536, generated: 228_707, depth: 44, unmet: twoInFlight },
  },
  "raft-three-terms": {
    says: "Three terms and two entries: conflicts are truncated, older entries committed indirectly.",
    set: { maxTerm: 3, maxLogLength: 2 },
    expect: { distinct: 238_730, generated: 585_549, depth: 53, unmet: twoInFlight },
  },
  "raft-hints": {
    says: "Refusals carry a hint, so that leaders go back in one step.",
    set: { maxTerm: 3, maxLogLength: 2, nackHint: true },
    expect: { distinct: 233_327, generated: 573_369, depth: 51, unmet: twoInFlight },
  },
  "raft-pipelining": {
    says: "Leaders send further entries before the answer to the last has come.",
    set: { maxLogLength: 2, pipelining: true },
    expect: { distinct: 71_953, generated: 179_529, depth: 45, unmet: twoInFlight },
  },
  "raft-two-values": {
    says: "Clients ask for two different values.",
    set: { Value: 2, maxLogLength: 2 },
    expect: { distinct: 148_566, generated: 377_346, depth: 43, unmet: twoInFlight },
  },
  "raft-heartbeat-messages": {
    says: "Leaders send heartbeats as messages of their own, which compare no logs.",
    set: { heartbeatMessages: true },
    expect: { distinct: 13_004, generated: 32_535, depth: 34, unmet: twoInFlight },
  },
  "raft-term-notices": {
    says: "A server may tell another one its term.",
    set: { termNotices: true },
    expect: { distinct: 16_035, generated: 47_512, depth: 34, unmet: twoInFlight },
  },
  "raft-step-down": {
    says: "A leader or candidate may become a follower in its own term.",
    set: { stepDown: true },
    expect: { distinct: 9_835, generated: 27_532, depth: 33, unmet: twoInFlight },
  },
  "raft-vote-refusals": {
    says: "A server may refuse any vote.",
    set: { voteRefusals: true },
    expect: { distinct: 9_526, generated: 23_010, depth: 34, unmet: twoInFlight },
  },
  "raft-commit-in-parts": {
    says: "A leader may commit less than it could.",
    set: { maxLogLength: 2, maxBatch: 2, anyCommit: true },
    expect: { distinct: 80_599, generated: 221_539, depth: 39, unmet: twoInFlight },
  },
  "raft-committed-acks": {
    says: "A follower may acknowledge what it knows to be committed, without a look at the message.",
    set: { Server: 2, maxLogLength: 2, maxDuplicates: 1, committedAcks: true },
    expect: { distinct: 15_015, generated: 41_523, depth: 30, unmet: [] },
  },
  "raft-snapshots": {
    says: "Servers take snapshots, leaders send theirs to followers that lag behind, and a server restarts from its own.",
    set: { snapshots: true, maxRestarts: 1 },
    expect: { distinct: 47_383, generated: 190_559, depth: 37, unmet: twoInFlight },
  },
  "raft-snapshots-two-entries": {
    says: "The same with two servers and two entries: a log goes on after a snapshot, and leaders send what theirs holds.",
    set: { Server: 2, maxLogLength: 2, maxRestarts: 1, snapshots: true, trailingEntries: true },
    expect: { distinct: 33_415, generated: 122_186, depth: 33, unmet: [] },
  },
  "raft-snapshots-write-queue": {
    says: "Snapshots reach the disk as the log does, and a crash loses those that have not.",
    set: {
      Server: 2,
      snapshots: true,
      writeQueue: true,
      maxWrites: 2,
      tornWrites: true,
      onlyPromisesWait: true,
      maxRestarts: 1,
    },
    expect: { distinct: 25_349, generated: 91_295, depth: 44, unmet: [] },
  },
  "raft-permissions": {
    says: "All that an implementation may do beyond figure 2, together, with two servers.",
    set: {
      Server: 2,
      writeQueue: true,
      onlyPromisesWait: true,
      heartbeatMessages: true,
      termNotices: true,
      stepDown: true,
      voteRefusals: true,
      anyCommit: true,
      committedAcks: true,
      loss: true,
      maxRestarts: 1,
    },
    expect: { distinct: 66_524, generated: 387_112, depth: 39, unmet: [] },
  },
  "raft-pre-vote": {
    says: "A server asks before it starts an election, and restarts once.",
    set: { preVote: true, maxRestarts: 1 },
    expect: { distinct: 29_283, generated: 94_728, depth: 45, unmet: twoInFlight },
  },
  "raft-pre-vote-refusals": {
    says: "The same with two servers, which refuse votes and pre-votes as they like, and a network that loses messages.",
    set: { Server: 2, preVote: true, voteRefusals: true, maxRestarts: 1, loss: true },
    expect: { distinct: 16_512, generated: 79_830, depth: 33, unmet: [] },
  },
  "raft-leader-stickiness": {
    says: "A server that hears a leader ignores requests for its vote.",
    set: { leaderStickiness: true },
    expect: { distinct: 38_833, generated: 122_171, depth: 44, unmet: [] },
  },
  "raft-check-quorum": {
    says: "A leader that no majority answers becomes a follower.",
    set: { checkQuorum: true },
    expect: { distinct: 21_810, generated: 69_683, depth: 34, unmet: twoInFlight },
  },
  "raft-leadership-transfer": {
    says: "A leader may hand over to another server.",
    set: { leadershipTransfer: true },
    expect: { distinct: 28_729, generated: 109_795, depth: 36, unmet: twoInFlight },
  },
  "raft-elections": {
    says: "Pre-vote, stickiness, check-quorum and transfer together, with two servers and a restart.",
    set: {
      Server: 2,
      preVote: true,
      leaderStickiness: true,
      checkQuorum: true,
      leadershipTransfer: true,
      maxRestarts: 1,
    },
    expect: { distinct: 79_681, generated: 377_404, depth: 38, unmet: [] },
  },
  "raft-elections-of-three": {
    says: "The same with three servers and no entries: a leader hands over past the servers that hear it.",
    set: { maxLogLength: 0, preVote: true, leaderStickiness: true, checkQuorum: true, leadershipTransfer: true },
    expect: { distinct: 87_541, generated: 471_101, depth: 48, unmet: ["ACommittedEntry", "AFollowerCommits"] },
  },
  "raft-reads": {
    says: "Leaders answer reads without the log, after a round of heartbeats.",
    set: { readIndex: true },
    expect: { distinct: 87_469, generated: 252_205, depth: 41, unmet: twoInFlight },
  },
  "raft-reads-restarts": {
    says: "The same with two servers and two entries, and a restart that loses the commit index.",
    set: { Server: 2, maxLogLength: 2, readIndex: true, maxRestarts: 1 },
    expect: { distinct: 95_600, generated: 299_659, depth: 38, unmet: [] },
  },
  "raft-five-servers": {
    says: "An election among five servers.",
    set: { Server: 5, maxTerm: 1, maxLogLength: 0, maxInFlight: 4 },
    expect: {
      distinct: 284,
      generated: 1_239,
      depth: 19,
      unmet: ["ACommittedEntry", "AFollowerCommits", ...twoInFlight],
    },
  },
};

export const raftModels: readonly ModelDeclaration[] = Object.entries(models).map(([name, model]) => ({
  name,
  spec: raftSpec,
  file: "spec/raft/raft.ts",
  says: model.says,
  set: model.set,
  symmetry: model.symmetry ?? true,
  // A bounded model ends where its terms and messages do: that is no deadlock of Raft.
  deadlock: false,
  expect: { verdict: "holds", source: "recorded by the reference checker", ...model.expect },
}));
