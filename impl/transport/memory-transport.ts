import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import type { Transport } from "./interface.ts";

/** Calls later, once: what decides when a message arrives. Messages that are due together keep their order. */
type Later = (call: () => void) => void;

/**
 * A network within one process: what `openTransport` is to sockets, `open` is to it. It neither encodes nor loses
 * anything by itself; `cut` and `heal` lose messages by the pair of servers, as a partition does.
 */
export class MemoryNetwork {
  readonly #later: Later;
  readonly #ends = new Map<NodeId, End>();
  readonly #cuts = new Map<NodeId, Set<NodeId>>();

  constructor(later: Later) {
    this.#later = later;
  }

  /** Throws where a server of this id is open. */
  open(id: NodeId, contacts: Readonly<Record<NodeId, string>>, onMessage: (message: Message) => void): Transport {
    if (this.#ends.has(id)) throw new Error(`${id} is connected to this network already`);
    const end = new End(id, onMessage, {
      carry: (message) => this.#carry(message),
      leave: () => this.#ends.delete(id),
    });
    end.setContacts(contacts);
    this.#ends.set(id, end);
    return end;
  }

  /** Messages from one to the other are lost, also those under way; those back are not. */
  cut(from: NodeId, to: NodeId): void {
    const cut = this.#cuts.get(from) ?? new Set();
    this.#cuts.set(from, cut.add(to));
  }

  heal(from: NodeId, to: NodeId): void {
    this.#cuts.get(from)?.delete(to);
  }

  #carry(message: Message): void {
    // Who it was sent to is decided now: a server that comes back under the same id does not get what its predecessor
    // was sent, as it does not over a connection.
    const from = this.#ends.get(message.from);
    const to = this.#ends.get(message.to);
    if (from === undefined || to === undefined || !from.reaches(to)) return;
    this.#later(() => {
      if (this.#cuts.get(message.from)?.has(message.to) !== true) to.take(message);
    });
  }
}

interface Line {
  carry(message: Message): void;
  leave(): void;
}

class End implements Transport {
  readonly #id: NodeId;
  readonly #onMessage: (message: Message) => void;
  readonly #line: Line;
  #contacts: ReadonlySet<NodeId> = new Set();
  #isClosed = false;

  constructor(id: NodeId, onMessage: (message: Message) => void, line: Line) {
    this.#id = id;
    this.#onMessage = onMessage;
    this.#line = line;
  }

  /** Over its own connection, or over the one that the other has opened to it. */
  reaches(other: End): boolean {
    return this.#contacts.has(other.#id) || other.#contacts.has(this.#id);
  }

  send(message: Message): void {
    if (!this.#isClosed && message.from === this.#id && message.to !== this.#id) this.#line.carry(message);
  }

  setContacts(contacts: Readonly<Record<NodeId, string>>): void {
    this.#contacts = new Set(Object.keys(contacts));
  }

  take(message: Message): void {
    if (!this.#isClosed) this.#onMessage(message);
  }

  async close(): Promise<void> {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#line.leave();
  }
}
