import { anyDeliverable, takeOut } from "../network/network.ts";
import { raft } from "../protocol.ts";

export const dropMessage = raft.action("DropMessage", {
  says: "The network loses a message.",
  source: "TLA+ DropMessage",
  part: (c) => c.loss,
  params: (c) => ({ m: raft.found((s) => anyDeliverable(s.network, c)) }),
  effect: (s, { m }, c) => takeOut(s.network, m, c),
});
