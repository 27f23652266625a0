/** What Raft.tla checks, and two false statements that must be found false. */
import type { ReadonlySeq } from "../../../spec/lang/index.ts";
import { type CommonServer, common, raft, type ValueId } from "./state.ts";

export const leaderHasAllAckedValues = common.invariant("LeaderHasAllAckedValues", {
  says: "Every leader that no server is ahead of in terms has each value that a client was told is committed.",
  source: "Raft.tla, LeaderHasAllAckedValues",
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

export const noLogDivergence = common.invariant("NoLogDivergence", {
  says: "Any two servers have the same entries up to the lower of their commit indexes.",
  source: "Raft.tla, NoLogDivergence",
  holds: (s) => s.servers.every((one) => s.servers.every((other) => agreeOnCommitted(one, other))),
});

interface Committed {
  readonly commitIndex: number;
  readonly log: ReadonlySeq<unknown>;
}

/** Whether two servers have the same entries up to the lower of their commit indexes. */
export function agreeOnCommitted(one: Committed, other: Committed): boolean {
  const lower = Math.min(one.commitIndex, other.commitIndex);
  return one.log.sub(1, lower).equals(other.log.sub(1, lower));
}

export const noServerCommits = raft.invariant("NoServerCommits", {
  says: "No server commits anything. False: the counterexample is the quickest way to a first commit.",
  holds: (s) => s.servers.every((server) => server.commitIndex === 0),
});

export const noFollowerCommits = raft.invariant("NoFollowerCommits", {
  says: "No follower commits anything. False: the counterexample is the quickest way to tell one of a commit.",
  holds: (s) => s.servers.every((server) => server.state !== "Follower" || server.commitIndex === 0),
});

/**
 * The original asks it of each value on its own. Nothing tells one value from another, so asking it of the first one
 * is asking it of all.
 */
export const valuesNotStuck = raft.alwaysEventually("ValuesNotStuck", {
  says: "Again and again a value is on all servers or on none, unless the last election has gone by without a leader.",
  source: "Raft.tla, ValuesNotStuck",
  goal: (s, c) => {
    if (s.electionCtr === c.MaxElections && s.servers.every((server) => server.state !== "Leader")) return true;
    const holders = s.servers.count((server) => c.Value.slice(0, 1).every((v) => hasValue(server, v)));
    return holders === 0 || holders === c.Server.length;
  },
});

function hasValue({ log }: CommonServer, v: ValueId): boolean {
  return log.some((entry) => entry.value === v);
}
