/** How messages come and go: the bag helpers of Raft.tla. */
import type { CommonDraft, CommonState, Message } from "./state.ts";

type Kind = Message["kind"];
export type MessageOf<K extends Kind> = Extract<Message, { readonly kind: K }>;

/** Whether this very message was ever sent, received since or not. */
export function wasSent(s: CommonState, message: Message): boolean {
  return s.sent.has(message);
}

export function send(s: CommonDraft, message: Message): void {
  s.sent.add(message);
  s.inFlight.add(message);
}

export function discard(s: CommonDraft, message: Message): void {
  s.inFlight.remove(message);
}

export function reply(s: CommonDraft, response: Message, request: Message): void {
  discard(s, request);
  send(s, response);
}

/** Whether the receiver has reached the message's term; before that, only UpdateTerm looks at the message. */
export function isOfKnownTerm(s: CommonState, message: Message): boolean {
  return message.term <= s.servers.get(message.dest).currentTerm;
}

export function isOfCurrentTerm(s: CommonState, message: Message): boolean {
  return message.term === s.servers.get(message.dest).currentTerm;
}
