import { agreesAt } from "../log.ts";
import { raft } from "../protocol.ts";
import type { Server } from "../state.ts";

export const stateMachineSafety = raft.invariant("StateMachineSafety", {
  says: "If a server has applied a log entry at a given index, no other server ever applies a different log entry for the same index.",
  source: "figure 3; §5.4.3; TLA+ StateMachineSafety",
  when: (s) => s.servers.count((me) => me.commitIndex > 0) > 1,
  holds: (s) => s.servers.every((a) => s.servers.every((b) => appliedAgree(a, b))),
});

function appliedAgree(a: Server, b: Server): boolean {
  return a.log.every((_, index) => index > a.commitIndex || index > b.commitIndex || agreesAt(a.log, b.log, index));
}
