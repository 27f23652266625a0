import { type Entry, entrySize } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import type { TransportLimits } from "./options.ts";

type QueueLimits = Pick<TransportLimits, "queueBytesMax" | "queueMessagesMax" | "signalsMax">;

/** Of a message without its entries or data. */
const ENVELOPE_BYTES = 96;

interface Waiting {
  readonly message: Message;
  readonly size: number;
  readonly turn: number;
}

/**
 * Messages that wait for the socket of one server, of two sorts. *Cargo* is what can be large: appends and snapshot
 * chunks. *Signals* are the rest. Messages leave in the order in which they came, except that signals overtake cargo
 * that has to wait, so that no amount of entries keeps a heartbeat from its follower.
 *
 * A full queue drops the newest cargo: what came first is what the receiver needs first, and behind a gap it can use
 * nothing. It drops the oldest signal, because a newer one says all that an older one said.
 */
export class SendQueue {
  readonly #limits: QueueLimits;
  readonly #cargo = new Line();
  readonly #signals = new Line();
  #turn = 0;

  constructor(limits: QueueLimits) {
    this.#limits = limits;
  }

  /** Messages. */
  get length(): number {
    return this.#cargo.length + this.#signals.length;
  }

  /** About what they take on the wire. */
  get bytes(): number {
    return this.#cargo.bytes + this.#signals.bytes;
  }

  /** Returns how many messages were dropped for it, itself included: 0 or 1. */
  add(message: Message): number {
    const size = messageSize(message);
    const waiting: Waiting = { message, size, turn: this.#turn++ };
    if (isCargo(message)) {
      const { queueBytesMax, queueMessagesMax } = this.#limits;
      if (this.#cargo.length >= queueMessagesMax || this.#cargo.bytes + size > queueBytesMax) return 1;
      this.#cargo.add(waiting);
      return 0;
    }
    this.#signals.add(waiting);
    if (this.#signals.length <= this.#limits.signalsMax) return 0;
    this.#signals.take();
    return 1;
  }

  /** The message whose turn it is: the oldest, or the oldest signal where there is room for nothing else. */
  take(room: "all" | "signals"): Message | null {
    const signal = this.#signals.first;
    const cargo = room === "all" ? this.#cargo.first : undefined;
    if (cargo !== undefined && (signal === undefined || cargo.turn < signal.turn)) return this.#cargo.take().message;
    return signal === undefined ? null : this.#signals.take().message;
  }

  /** Returns how many there were. */
  clear(): number {
    const { length } = this;
    this.#cargo.clear();
    this.#signals.clear();
    return length;
  }
}

/** First in, first out; taking costs the same at any length. */
class Line {
  #waiting: Waiting[] = [];
  #taken = 0;
  bytes = 0;

  get length(): number {
    return this.#waiting.length - this.#taken;
  }

  get first(): Waiting | undefined {
    return this.#waiting[this.#taken];
  }

  add(waiting: Waiting): void {
    this.#waiting.push(waiting);
    this.bytes += waiting.size;
  }

  /** There must be one. */
  take(): Waiting {
    const taken = this.#waiting[this.#taken] as Waiting;
    this.bytes -= taken.size;
    this.#taken += 1;
    if (this.#taken * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#taken);
      this.#taken = 0;
    }
    return taken;
  }

  clear(): void {
    this.#waiting = [];
    this.#taken = 0;
    this.bytes = 0;
  }
}

function isCargo(message: Message): boolean {
  return message.kind === "append-request" || message.kind === "snapshot-chunk";
}

/** About what it takes on the wire, and rather more. */
function messageSize(message: Message): number {
  if (message.kind === "append-request") return ENVELOPE_BYTES + sizeOf(message.entries);
  return message.kind === "snapshot-chunk" ? ENVELOPE_BYTES * 2 + message.data.length : ENVELOPE_BYTES;
}

function sizeOf(entries: readonly Entry[]): number {
  let size = 0;
  for (const entry of entries) size += entrySize(entry);
  return size;
}
