/** A piece of the core's text, which must be found exactly once, and what takes its place. */
interface Patch {
  /** From the folder of the core. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

/** The core with a mistake that was shipped in a Raft at least once. */
export interface Mutant {
  readonly name: string;
  readonly says: string;
  readonly patches: readonly [Patch, ...Patch[]];
}

/** One that a simulation does not see. */
export interface UnseenMutant extends Mutant {
  readonly why: string;
}

const ACCEPTED = 'sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex });';

/** Numbered as in the project's list of known Raft bugs; L1 is a canary for progress, S1 and S2 are mistakes that this core had while it was written. */
export const mutants: readonly Mutant[] = [
  {
    name: "M1",
    says: "the leader commits an entry of an older term by counting its copies",
    patches: [
      { file: "commitment.ts", find: " || node.log.termAt(replicated) !== node.term) return;", replace: ") return;" },
    ],
  },
  {
    name: "M3",
    says: "a follower whose log is longer cuts it off after prevIndex, conflict or not",
    patches: [
      {
        file: "append.ts",
        find: "    takeEntries(node, entries);\n",
        replace:
          "    if (node.log.lastIndex > prevIndex) truncateFrom(node, prevIndex + 1);\n    takeEntries(node, entries);\n",
      },
    ],
  },
  {
    name: "M4",
    says: "the vote is lost with a restart",
    patches: [{ file: "start.ts", find: "votedFor: hardState.votedFor,", replace: "votedFor: null," }],
  },
  {
    name: "M5",
    says: "the term is lost with a restart, and is that of the last entry",
    patches: [{ file: "start.ts", find: "term: hardState.term,", replace: "term: log.lastTerm, " }],
  },
  {
    name: "M6",
    says: "a follower acknowledges entries before they are durable",
    patches: [{ file: "append.ts", find: ACCEPTED, replace: ACCEPTED.replace("sendWhenDurable", "send") }],
  },
  {
    name: "M7",
    says: "the leader counts its own copy before it is durable",
    patches: [{ file: "commitment.ts", find: "node.durability.index :", replace: "node.log.lastIndex :" }],
  },
  {
    name: "M8a",
    says: "a log is up to date if it is as long, whatever its last term",
    patches: [
      {
        file: "vote.ts",
        find: "lastTerm > log.lastTerm || (lastTerm === log.lastTerm && lastIndex >= log.lastIndex)",
        replace: "lastIndex >= log.lastIndex",
      },
    ],
  },
  {
    name: "M8b",
    says: "a log is up to date if its last term is, however short it is",
    patches: [{ file: "vote.ts", find: " && lastIndex >= log.lastIndex)", replace: ")" }],
  },
  {
    name: "M8c",
    says: "every log is up to date",
    patches: [{ file: "vote.ts", find: "return lastTerm > log.lastTerm ||", replace: "return true || lastTerm ||" }],
  },
  {
    name: "M9",
    says: "a message of the leader of the same term gives the vote back",
    patches: [
      {
        file: "append.ts",
        find: "  node.heardAt = node.now;\n",
        replace: "  node.heardAt = node.now;\n  node.votedFor = null;\n",
      },
    ],
  },
  {
    name: "M11",
    says: "votes are counted one by one, so that one that is delivered twice counts twice",
    patches: [
      {
        file: "election.ts",
        find: "role.votes.set(message.from, message.granted);\n  if (isWon(node.configurations.latest, role.votes)) becomeLeader(node);",
        replace:
          "role.count = (role.count ?? 1) + (message.granted ? 1 : 0);\n  if (2 * role.count > node.configurations.latest.voters.length) becomeLeader(node);",
      },
    ],
  },
  {
    name: "M12",
    says: "a candidate does not record its vote for itself",
    patches: [{ file: "election.ts", find: "  node.votedFor = node.id;\n", replace: "" }],
  },
  {
    name: "M15",
    says: "the leader takes the hint of a refusal for what the follower has",
    patches: [
      {
        file: "replication.ts",
        find: "  if (isLate) return;\n",
        replace: "  if (isLate) return;\n  progress.match = Math.max(progress.match, message.hintIndex);\n",
      },
    ],
  },
  {
    name: "M16",
    says: "a follower's commit index goes back with a late message",
    patches: [
      {
        file: "commitment.ts",
        find: "if (commit <= node.commit) return;",
        replace: "if (commit === node.commit) return;",
      },
    ],
  },
  {
    name: "M17",
    says: "a candidate removes what it does not know to be committed",
    patches: [
      {
        file: "election.ts",
        find: "  node.term += 1;\n",
        replace: `  node.term += 1;
  if (node.log.lastIndex > node.commit) {
    node.log.truncateFrom(node.commit + 1);
    node.configurations.truncateFrom(node.commit + 1);
    node.durability.index = Math.min(node.durability.index, node.commit);
    for (const write of node.durability.underWay) write.index = Math.min(write.index, node.commit);
    node.out.truncateFrom = node.commit + 1;
  }
`,
      },
    ],
  },
  {
    name: "M19",
    says: "a leader answers reads before an entry of its own term is committed",
    patches: [
      { file: "reads.ts", find: " || !knowsCommit(node, leader)) return;", replace: ") return;" },
      { file: "reads.ts", find: "index: Math.max(index, leader.firstIndex) }", replace: "index }" },
    ],
  },
  {
    name: "M20",
    says: "a leader answers reads without asking a quorum",
    patches: [
      {
        file: "reads.ts",
        find: 'by === "lease" && knowsCommit(node, role) && holdsLease(node, role)',
        replace: "knowsCommit(node, role) && (by || holdsLease(node, role))",
      },
    ],
  },
  {
    name: "M22",
    says: "a lease stands although another server was told to take over",
    patches: [{ file: "lease.ts", find: "!leader.hasSentTimeoutNow && ", replace: "" }],
  },
  {
    name: "M23",
    says: "a joint configuration decides by a majority of old and new voters together",
    patches: [
      {
        file: "configuration.ts",
        find: "isMajority(configuration.voters, says) && (!isJoint(configuration) || isMajority(configuration.outgoing, says))",
        replace: "isMajority([...new Set([...configuration.voters, ...configuration.outgoing])], says)",
      },
      {
        file: "configuration.ts",
        find: "isJoint(configuration) ? Math.min(value, majorityValue(configuration.outgoing, reachedBy)) : value",
        replace:
          "value && majorityValue([...new Set([...configuration.voters, ...configuration.outgoing])], reachedBy)",
      },
    ],
  },
  {
    name: "M26",
    says: "a configuration stays in force although its entry was removed",
    patches: [{ file: "append.ts", find: "  node.configurations.truncateFrom(index);\n", replace: "" }],
  },
  {
    name: "L1",
    says: "a leader does not send again what was lost",
    patches: [
      {
        file: "heartbeat.ts",
        find: "if (standsStill) askAgain",
        replace: "if (standsStill && progress.match < 0) askAgain",
      },
    ],
  },
  {
    name: "S1",
    says: "a snapshot takes the place of a log that has all of it and more",
    patches: [
      {
        file: "snapshot-receiving.ts",
        find: "  if (isCovered(node, snapshot)) {",
        replace: "  if (snapshot.index <= node.commit) {",
      },
    ],
  },
];

/** Their mistake has no effect here, or one that hardly any schedule reaches. They must still fit the text. */
export const unseenMutants: readonly UnseenMutant[] = [
  {
    name: "M13",
    says: "a follower commits up to its last entry, whether that is the leader's or not",
    why: "the first request that a follower accepts in a term begins where the logs part, so its last entry is the leader's from then on",
    patches: [
      {
        file: "append.ts",
        find: "followCommit(node, message.commit, matchIndex);",
        replace: "followCommit(node, message.commit, node.log.lastIndex);",
      },
    ],
  },
  {
    name: "M14",
    says: "a follower acknowledges up to its last entry, whether that is the leader's or not",
    why: "the first request that a follower accepts in a term begins where the logs part, so its last entry is the leader's from then on",
    patches: [
      {
        file: "append.ts",
        find: ACCEPTED,
        replace: ACCEPTED.replace("matchIndex }", "matchIndex: node.log.lastIndex }"),
      },
    ],
  },
  {
    name: "M10",
    says: "a candidate counts a vote of an older term",
    why: "an answer has to overtake an election of the same candidate, while another wins the second; no seed up to 400 gives that",
    patches: [
      {
        file: "receiving.ts",
        find: "if (message.term < node.term) {",
        replace: 'if (message.term < node.term && message.kind !== "vote-response") {',
      },
    ],
  },
  {
    name: "M21",
    says: "a read is confirmed by a round that began before it came",
    why: "a round's answers have to be delayed past the election of another leader and the write that it commits; no seed up to 400 gives that",
    patches: [{ file: "reads.ts", find: "round: role.round + 1 });", replace: "round: role.round });" }],
  },
  {
    name: "M22b",
    says: "a lease begins when a round is answered, and not when it began",
    why: "answers of a quorum have to be delayed by most of an election timeout, and another leader has to commit in what is left of it; no seed up to 400 gives that",
    patches: [{ file: "lease.ts", find: "?.roundStart ?? -ticks", replace: "?.heardAt ?? -ticks" }],
  },
  {
    name: "S2",
    says: "whom the last configuration leaves out does not stand, although it is not committed",
    why: "a seed found it when the core had it; since then the generator has changed, and no seed up to 400 does",
    patches: [
      {
        file: "election.ts",
        find: "return isVoter(latest, id) || (latestIndex > commit && isVoter(previous, id));",
        replace: "return isVoter(latest, id) || latestIndex + commit + previous < 0;",
      },
    ],
  },
  {
    name: "M8d",
    says: "a log is up to date if it is not behind in its last term nor in its length",
    why: "an election is stuck only while servers are down, and in the quiet phase all are up; no seed up to 200 gives that",
    patches: [
      {
        file: "vote.ts",
        find: "lastTerm > log.lastTerm || (lastTerm === log.lastTerm && lastIndex >= log.lastIndex)",
        replace: "lastTerm >= log.lastTerm && lastIndex >= log.lastIndex",
      },
    ],
  },
];
