/** What must be possible: a model in which one of these never happens proves less than it seems to. */
import { lastTerm } from "../log.ts";
import { raft } from "../protocol.ts";

const aLeader = raft.reachable("ALeader", {
  says: "A server becomes leader.",
  goal: (s) => s.servers.some((me) => me.role === "Leader"),
});

const aCommittedEntry = raft.reachable("ACommittedEntry", {
  says: "An entry is committed.",
  goal: (s) => s.servers.some((me) => me.commitIndex > 0),
});

const aFollowerCommits = raft.reachable("AFollowerCommits", {
  says: "A follower learns that an entry is committed.",
  part: (c) => c.Server.length > 1,
  goal: (s) => s.servers.some((me) => me.role === "Follower" && me.commitIndex > 0),
});

const twoLeaders = raft.reachable("TwoLeaders", {
  says: "Two servers lead at once, in different terms: the older has not heard of the newer.",
  part: (c) => c.Server.length > 2 && c.maxTerm > 1,
  goal: (s) => s.servers.count((me) => me.role === "Leader") > 1,
});

const competingCandidates = raft.reachable("CompetingCandidates", {
  says: "Two servers are candidates in the same term.",
  part: (c) => c.Server.length > 1,
  goal: (s) =>
    s.servers.some((a, i) =>
      s.servers.some((b, j) => i !== j && a.role === "Candidate" && b.role === "Candidate" && a.term === b.term),
    ),
});

const conflictingLogs = raft.reachable("ConflictingLogs", {
  says: "Two logs hold entries of different terms at the same index, so that one will have to be truncated.",
  part: (c) => c.Server.length > 2 && c.maxTerm > 1 && c.maxLogLength > 0,
  goal: (s) =>
    s.servers.some((a) =>
      s.servers.some((b) =>
        a.log.some((entry, index) => b.log.length >= index && b.log.get(index).term !== entry.term),
      ),
    ),
});

const truncatedConflict = raft.reachableStep("TruncatedConflict", {
  says: "A follower replaces entries of an old leader by those of a newer one.",
  part: (c) => c.Server.length > 2 && c.maxTerm > 1 && c.maxLogLength > 0,
  goal: (before, after) =>
    before.restarts === after.restarts && before.servers.some((me, i) => !me.log.isPrefixOf(after.servers.get(i).log)),
});

const olderEntryCommitted = raft.reachable("OlderEntryCommitted", {
  says: "A leader commits an entry of an earlier term, indirectly, with one of its own (§5.4.2).",
  part: (c) => c.maxTerm > 1 && c.maxLogLength > 1,
  goal: (s) =>
    s.servers.some(
      (me) => me.role === "Leader" && me.commitIndex > 1 && me.log.first.term < me.term && lastTerm(me.log) === me.term,
    ),
});

export const goals = [
  aLeader,
  aCommittedEntry,
  aFollowerCommits,
  twoLeaders,
  competingCandidates,
  conflictingLogs,
  truncatedConflict,
  olderEntryCommitted,
];
