import { anyDeliverable, transmit } from "../network/network.ts";
import { raft } from "../protocol.ts";

export const duplicateMessage = raft.action("DuplicateMessage", {
  says: "The network delivers a message twice.",
  source: "TLA+ DuplicateMessage",
  part: (c) => c.maxDuplicates > 0,
  params: (c) => ({ m: raft.found((s) => anyDeliverable(s.network, c)) }),
  guard: (s, _, c) => s.duplicates < c.maxDuplicates,
  effect: (s, { m }, c) => {
    transmit(s.network, m, c);
    s.duplicates += 1;
  },
});
