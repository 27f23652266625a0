import type { Constants } from "../constants.ts";
import { agreesAt } from "../log.ts";
import { durableLog } from "../parts/disk/durable.ts";
import { raft } from "../protocol.ts";
import { isMajority } from "../quorum.ts";
import type { Server, State } from "../state.ts";

export const committedOnQuorum = raft.invariant("CommittedOnQuorum", {
  says: "Every entry that a server knows to be committed is on the disks of a majority.",
  source: "§5.3; TLA+ QuorumLogInv",
  when: (s) => s.servers.some((me) => me.commitIndex > 0),
  holds: (s, c) =>
    s.servers.every((me) => me.log.every((_, index) => index > me.commitIndex || isOnQuorum(s, me, index, c))),
});

function isOnQuorum(s: State, me: Server, index: number, c: Constants): boolean {
  return isMajority(
    s.servers.count((other) => agreesAt(durableLog(other, c), me.log, index)),
    c,
  );
}
