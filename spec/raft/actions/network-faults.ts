/** What the network may do to a message besides delivering it late. */

import { anyDeliverable, takeOut, transmit } from "../network/network.ts";
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

export const dropMessage = raft.action("DropMessage", {
  says: "The network loses a message.",
  source: "TLA+ DropMessage",
  part: (c) => c.loss,
  params: (c) => ({ m: raft.found((s) => anyDeliverable(s.network, c)) }),
  effect: (s, { m }, c) => takeOut(s.network, m, c),
});
