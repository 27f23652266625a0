/** What the network may do to a message besides delivering it late. */

import type { Constants } from "../constants.ts";
import type { Message } from "../messages.ts";
import { deliverable, takeOut, transmit } from "../network/network.ts";
import { raft } from "../protocol.ts";
import type { State } from "../state.ts";

const anyDeliverable = (s: State, c: Constants): readonly Message[] => [
  ...deliverable(s.network, "RequestVoteRequest", c),
  ...deliverable(s.network, "RequestVoteResponse", c),
  ...deliverable(s.network, "AppendEntriesRequest", c),
  ...deliverable(s.network, "AppendEntriesResponse", c),
];

export const duplicateMessage = raft.action("DuplicateMessage", {
  says: "The network delivers a message twice.",
  source: "TLA+ DuplicateMessage",
  part: (c) => c.maxDuplicates > 0,
  params: (c) => ({ m: raft.found((s) => anyDeliverable(s, c)) }),
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
  params: (c) => ({ m: raft.found((s) => anyDeliverable(s, c)) }),
  effect: (s, { m }, c) => takeOut(s.network, m, c),
});
