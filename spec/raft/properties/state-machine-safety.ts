import { commonPrefix } from "../../lang/index.ts";
import { raft } from "../protocol.ts";
import type { Server } from "../state.ts";

export const stateMachineSafety = raft.invariant("StateMachineSafety", {
  says: "If a server has applied a log entry at a given index, no other server ever applies a different log entry for the same index.",
  source: "figure 3; §5.4.3; TLA+ StateMachineSafety",
  when: (s) => s.servers.count((me) => me.commitIndex > 0) > 1,
  holds: (s) => s.servers.every((a) => s.servers.every((b) => appliedAgree(a, b))),
});

/** Both have applied the same up to the lesser of their commit indexes. */
function appliedAgree(a: Server, b: Server): boolean {
  return commonPrefix(a.log, b.log) >= Math.min(a.commitIndex, b.commitIndex, a.log.length);
}
