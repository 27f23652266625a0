import type { Message } from "./messages.ts";
import { takeOut, transmit } from "./network/network.ts";
import { sendWhenDurable } from "./parts/disk/send-when-durable.ts";
import type { RaftConstants } from "./protocol.ts";
import type { ServerDraft, StateDraft } from "./state.ts";

/** A server wants this message sent: at once, or, where its disk is a part of the model, when what it promises is on disk. */
export function send(s: StateDraft, m: Message, c: RaftConstants): void {
  if (c.writeQueue) sendWhenDurable(s, m, c);
  else transmit(s.network, m, c);
}

/** Takes the message out of the network and returns the server it was sent to. */
export function receive(s: StateDraft, m: Message, c: RaftConstants): ServerDraft {
  takeOut(s.network, m, c);
  return s.servers.get(m.to);
}
