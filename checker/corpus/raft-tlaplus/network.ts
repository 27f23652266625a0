/** How messages come and go: the bag helpers of Raft.tla, and of the modules whose messages and servers are others. */
import type { Bag, FiniteSet, ReadonlyFiniteSet } from "../../../spec/lang/index.ts";
import type { Message, ServerId } from "./state.ts";

type Kind = Message["kind"];
export type MessageOf<K extends Kind> = Extract<Message, { readonly kind: K }>;

interface Network<M> {
  readonly sent: FiniteSet<M>;
  readonly inFlight: Bag<M>;
}

interface Terms {
  readonly servers: { get(i: ServerId): { readonly currentTerm: number } };
}

/** Whether this very message was ever sent, received since or not. */
export function wasSent<M>(s: { readonly sent: ReadonlyFiniteSet<M> }, message: M): boolean {
  return s.sent.has(message);
}

export function send<M>(s: Network<M>, message: M): void {
  s.sent.add(message);
  s.inFlight.add(message);
}

export function discard<M>(s: Pick<Network<M>, "inFlight">, message: M): void {
  s.inFlight.remove(message);
}

export function reply<M>(s: Network<M>, response: M, request: M): void {
  discard(s, request);
  send(s, response);
}

/** Whether the receiver has reached the message's term; before that, only UpdateTerm looks at the message. */
export function isOfKnownTerm(s: Terms, message: { readonly term: number; readonly dest: ServerId }): boolean {
  return message.term <= s.servers.get(message.dest).currentTerm;
}

export function isOfCurrentTerm(s: Terms, message: { readonly term: number; readonly dest: ServerId }): boolean {
  return message.term === s.servers.get(message.dest).currentTerm;
}
