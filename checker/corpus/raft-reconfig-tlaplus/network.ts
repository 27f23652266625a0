/** How messages come and go: the bag helpers of the two modules. */
import type { Message, RaftDraft, RaftState } from "./state.ts";

type Kind = Message["kind"];
export type MessageOf<K extends Kind> = Extract<Message, { readonly kind: K }>;

/** Whether this very message was ever sent, received since or not. */
export function wasSent(s: RaftState, message: Message): boolean {
  return s.sent.has(message);
}

export function send(s: RaftDraft, message: Message): void {
  s.sent.add(message);
  s.inFlight.add(message);
}

export function discard(s: RaftDraft, message: Message): void {
  s.inFlight.remove(message);
}

export function reply(s: RaftDraft, response: Message, request: Message): void {
  discard(s, request);
  send(s, response);
}

/** Whether the receiver has reached the message's term; before that, only UpdateTerm looks at the message. */
export function isOfKnownTerm(s: RaftState, message: Message): boolean {
  return message.term <= s.servers.get(message.dest).currentTerm;
}

export function isOfCurrentTerm(s: RaftState, message: Message): boolean {
  return message.term === s.servers.get(message.dest).currentTerm;
}
