/** What RaftWithReconfigAddRemove.tla checks beside what both modules check. */
import type { RaftServer } from "../state.ts";
import { addRemove } from "./state.ts";

export const maxOneReconfigurationAtATime = addRemove.invariant("MaxOneReconfigurationAtATime", {
  says: "No leader has two configurations in its log that it does not know to be committed.",
  source: "RaftWithReconfigAddRemove.tla, MaxOneReconfigurationAtATime",
  holds: (s) => s.servers.every((leader) => leader.state !== "Leader" || uncommittedConfigs(leader) <= 1),
});

function uncommittedConfigs({ log, commitIndex }: RaftServer): number {
  return [...log.sub(commitIndex + 1, log.length)].filter((entry) => entry.kind !== "AppendCommand").length;
}
