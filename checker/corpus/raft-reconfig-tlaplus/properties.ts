/** What both modules check, and two false statements of our own that must be found false. */
import { agreeOnCommitted } from "../raft-tlaplus/properties.ts";
import { isMember } from "./configuration.ts";
import { type RaftServer, raft, type ServerId, type ValueId } from "./state.ts";

export const leaderHasAllAckedValues = raft.invariant("LeaderHasAllAckedValues", {
  says: "Every leader that no server is ahead of in terms has each value that a client was told is committed.",
  source: "RaftWithReconfigAddRemove.tla and RaftWithReconfigJointConsensus.tla, LeaderHasAllAckedValues",
  holds: (s, c) =>
    c.Value.every(
      (v) =>
        s.acked.get(v) !== true ||
        s.servers.every(
          (leader) =>
            leader.state !== "Leader" ||
            s.servers.some((server) => server.currentTerm > leader.currentTerm) ||
            hasValue(leader, v),
        ),
    ),
});

function hasValue({ log }: RaftServer, v: ValueId): boolean {
  return log.some((entry) => entry.kind === "AppendCommand" && entry.value === v);
}

export const noLogDivergence = raft.invariant("NoLogDivergence", {
  says: "Any two servers have the same entries up to the lower of their commit indexes.",
  source: "RaftWithReconfigAddRemove.tla and RaftWithReconfigJointConsensus.tla, NoLogDivergence",
  holds: (s) => s.servers.every((one) => s.servers.every((other) => agreeOnCommitted(one, other))),
});

export const noNewcomerLeads = raft.invariant("NoNewcomerLeads", {
  says: "Only servers that were members at the start lead. False: how soon one that was added can.",
  holds: (s, c) => c.Server.every((i) => s.servers.get(i).state !== "Leader" || isFounder(s.servers.get(i), i)),
});

function isFounder({ log }: RaftServer, i: ServerId): boolean {
  const founding = log.first;
  return founding.kind !== "AppendCommand" && founding.members.has(i);
}

/**
 * A restart forgets how much is committed. A leader that was added, and that restarted before it was elected, so commits
 * configurations again from before it was added; the modules see that it is in none of them, and let it resign.
 */
export const leaversAreLeftOut = raft.invariant("LeaversAreLeftOut", {
  says: "A server that has left the cluster is no member of its configuration. False where an added member restarts.",
  holds: (s, c) => c.Server.every((i) => s.servers.get(i).state !== "NotMember" || !isMember(s.servers.get(i).log, i)),
});
