/** How messages come and go: as in Raft.tla, with the messages of the two modules. */
import type { Message } from "./state.ts";

export { discard, isOfCurrentTerm, isOfKnownTerm, reply, send, wasSent } from "../raft-tlaplus/network.ts";

export type MessageOf<K extends Message["kind"]> = Extract<Message, { readonly kind: K }>;
