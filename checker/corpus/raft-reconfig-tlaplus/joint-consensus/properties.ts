/** What RaftWithReconfigJointConsensus.tla checks beside what both modules check. */
import type { Log } from "../state.ts";
import { joint } from "./state.ts";

export const maxOneReconfigurationAtATime = joint.invariant("MaxOneReconfigurationAtATime", {
  says: "In every log, joint and new configurations take turns.",
  source: "RaftWithReconfigJointConsensus.tla, MaxOneReconfigurationAtATime",
  holds: (s) => s.servers.every((server) => takeTurns(server.log)),
});

function takeTurns(log: Log): boolean {
  const kinds = [...log].map((entry) => entry.kind).filter((kind) => kind !== "AppendCommand");
  return kinds.every((kind, position) => position === 0 || kind !== kinds[position - 1]);
}
