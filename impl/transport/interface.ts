import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";

/** Carries messages between servers. It may lose, delay, repeat and reorder them: the core expects nothing else. */
export interface Transport {
  /** Never blocks and never fails: what does not fit the queue of its receiver is dropped and counted. */
  send(message: Message): void;
  /** Who can be reached, and how. Connections to others are closed. */
  setContacts(contacts: Readonly<Record<NodeId, string>>): void;
  /** Closes all connections. Resolves when the port is free. */
  close(): Promise<void>;
}
