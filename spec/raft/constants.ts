import { type ConstantsOf, choice, count, flag, ids } from "../lang/index.ts";

/** What a model of Raft fixes: who takes part, which parts of the protocol are on, and how far the exploration goes. */
export const constants = {
  Server: ids("s", { default: 3, max: 7, says: "the servers of the cluster" }),
  Value: ids("v", { default: 1, max: 4, says: "the values that clients ask to append" }),

  network: choice(["bag", "channels"], {
    default: "bag",
    says: "messages in any order, or in order between two servers",
  }),
  loss: flag({
    default: false,
    says: "the network may lose messages (for safety, a message never delivered is as good as lost)",
  }),
  heartbeats: flag({ default: false, says: "a leader may send an empty AppendEntries while it has entries to send" }),
  nackHint: flag({
    default: false,
    says: "a follower that refuses entries says where its log ends (§5.3, last paragraph)",
  }),
  pipelining: flag({
    default: false,
    says: "a leader sends further entries before the answer to the last has come (thesis §10.2.2)",
  }),
  writeQueue: flag({
    default: false,
    says: "a server goes on while it writes to its disk; what promises something waits, and a crash loses the rest",
  }),
  onlyPromisesWait: flag({
    default: false,
    says: "what promises nothing (refusals, answers to heartbeats) leaves at once",
  }),
  tornWrites: flag({ default: false, says: "a crash may leave the oldest write half done" }),

  heartbeatMessages: flag({ default: false, says: "leaders send heartbeats, which compare no logs" }),
  termNotices: flag({ default: false, says: "a server may tell another one its term" }),
  stepDown: flag({ default: false, says: "a leader or candidate may become a follower in its own term" }),
  voteRefusals: flag({ default: false, says: "a server may refuse any vote" }),
  anyCommit: flag({ default: false, says: "a leader may commit less than it could" }),
  committedAcks: flag({ default: false, says: "a follower may acknowledge what it knows to be committed, unseen" }),
  preVote: flag({
    default: false,
    says: "a server starts an election only if a majority would vote for it (thesis §9.6)",
  }),
  leaderStickiness: flag({
    default: false,
    says: "a server that hears a leader gives no other its vote (thesis §4.2.3)",
  }),
  checkQuorum: flag({ default: false, says: "a leader that no majority answers becomes a follower (thesis §6.2)" }),
  leadershipTransfer: flag({ default: false, says: "a leader may hand over to another server (thesis §3.10)" }),

  snapshots: flag({
    default: false,
    says: "a server may put a snapshot in place of a prefix of its log, and leaders send theirs (§7)",
  }),
  trailingEntries: flag({ default: false, says: "a leader may still send entries that its snapshot holds" }),
  readIndex: flag({ default: false, says: "leaders answer reads without the log, after a round of heartbeats" }),

  maxTerm: count({ default: 2, min: 1, max: 9, says: "the highest term that a timeout may start" }),
  maxLogLength: count({ default: 1, max: 9, says: "entries a log may hold" }),
  maxBatch: count({ default: 1, min: 1, max: 4, says: "entries one AppendEntries may carry" }),
  maxInFlight: count({ default: 2, min: 1, max: 12, says: "messages sent and not yet received" }),
  maxDuplicates: count({ default: 0, max: 4, says: "messages the network may duplicate, in all" }),
  maxWrites: count({ default: 1, min: 1, max: 9, says: "writes under way at one server" }),
  maxReads: count({ default: 1, min: 1, max: 9, says: "reads that a leader is asked for in a term" }),
  maxRestarts: count({ default: 0, max: 4, says: "restarts, in all" }),
};

export type Constants = ConstantsOf<typeof constants>;
