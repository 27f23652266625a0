import type { Socket } from "node:net";
import { ByteReader, ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import { readMessage, writeMessage } from "../core/encoding/message.ts";
import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import { beginFrame, endFrame, type FrameReader, HEADER_BYTES } from "./frame.ts";
import type { Log, Timers, TransportLimits } from "./options.ts";
import { SendQueue } from "./send-queue.ts";
import type { Counters } from "./stats.ts";

/** The first byte of a payload after the handshake. */
const MESSAGE = 0;
const PROBE = 1;
const PROBE_ANSWER = 2;

/** What all channels of a server have in common. */
export interface ChannelContext {
  readonly id: NodeId;
  readonly limits: TransportLimits;
  readonly timers: Timers;
  readonly log: Log;
  readonly onMessage: (message: Message) => void;
}

interface ChannelOptions extends ChannelContext {
  /** Paused; what came after the handshake is in it, or in the reader. */
  readonly socket: Socket;
  readonly reader: FrameReader;
  readonly peer: NodeId;
  /** One of the two asks whether the other is there. */
  readonly isProbing: boolean;
  readonly counters: Counters;
  /** The other side was heard from, for the first time. */
  readonly onAlive: () => void;
}

/**
 * A connection after its handshake: messages, both ways. Those that are sent in one turn of the event loop leave in one
 * write. It is over when the socket is; what still waits is dropped then.
 */
export class Channel {
  readonly #options: ChannelOptions;
  readonly #queue: SendQueue;
  #isFlushing = false;
  /** Memory for the next write. A new one costs more than what is written, if that is small. */
  #spare: ByteWriter | null = null;
  #hasHeard = false;
  #silentProbes = 0;
  #cancelProbe: () => void;

  constructor(options: ChannelOptions) {
    this.#options = options;
    this.#queue = new SendQueue(options.limits);
    const { socket, reader, limits } = options;
    reader.allow(limits.frameBytesMax);
    socket.on("data", (bytes: Uint8Array) => this.#take(bytes));
    socket.on("drain", () => this.#flush());
    socket.on("close", () => this.#close());
    this.#cancelProbe = this.#probeLater();
  }

  /** To be called once, when the owner is ready for messages. */
  start(): void {
    if (this.#options.isProbing) this.#sign(PROBE);
    this.#takeFrames();
    this.#options.socket.resume();
  }

  get queued(): { readonly messages: number; readonly bytes: number } {
    return { messages: this.#queue.length, bytes: this.#queue.bytes };
  }

  isOn(socket: Socket): boolean {
    return this.#options.socket === socket;
  }

  send(message: Message): void {
    this.#options.counters.dropped += this.#queue.add(message);
    if (this.#isFlushing) return;
    this.#isFlushing = true;
    setImmediate(() => {
      this.#isFlushing = false;
      this.#flush();
    });
  }

  /** Ends the connection when what waits is sent, as far as the socket takes it now. */
  end(): void {
    this.#flush();
    this.#options.socket.destroySoon();
  }

  destroy(): void {
    this.#options.socket.destroy();
  }

  #flush(): void {
    const { socket, counters, limits } = this.#options;
    if (socket.destroyed || !socket.writable || this.#queue.length === 0) return;
    const writer = this.#spare ?? new ByteWriter(Math.min(this.#queue.bytes, limits.socketBytesMax));
    this.#spare = null;
    for (;;) {
      const waiting = socket.writableLength + writer.length;
      if (waiting >= limits.socketBytesMax * 2) break;
      const message = this.#queue.take(waiting < limits.socketBytesMax ? "all" : "signals");
      if (message === null) break;
      this.#write(writer, message);
    }
    if (writer.length > 0) {
      counters.sentBytes += writer.length;
      socket.write(writer.view());
    }
    // Bytes that the kernel has taken already are nobody's any more; others belong to the socket.
    if (socket.writableLength === 0 && writer.length <= limits.socketBytesMax * 2) {
      writer.clear();
      this.#spare = writer;
    }
    // A socket that took everything at once tells of no drain.
    if (this.#queue.length > 0 && !socket.writableNeedDrain) setImmediate(() => this.#flush());
  }

  #write(writer: ByteWriter, message: Message): void {
    const { counters, limits, log, peer } = this.#options;
    const at = beginFrame(writer);
    writer.byte(MESSAGE);
    writeMessage(writer, message);
    const length = endFrame(writer, at);
    if (length <= limits.frameBytesMax) {
      counters.sent += 1;
      return;
    }
    writer.truncate(at);
    counters.dropped += 1;
    log("error", "a message is too large to be sent", {
      peer,
      kind: message.kind,
      bytes: length,
      limit: limits.frameBytesMax,
    });
  }

  #take(bytes: Uint8Array): void {
    this.#silentProbes = 0;
    // The core is given plain arrays, and not Node's buffers.
    this.#options.reader.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
    if (!this.#hasHeard) {
      this.#hasHeard = true;
      this.#options.onAlive();
    }
    this.#takeFrames();
  }

  #takeFrames(): void {
    const { socket, reader, counters } = this.#options;
    while (!socket.destroyed) {
      const message = this.#read(reader);
      if (message === "none") return;
      if (message === null) continue;
      counters.received += 1;
      // An error in here is our own, and is not taken for one of the other side's.
      this.#options.onMessage(message);
    }
  }

  /** The next message; null for a frame without one. */
  #read(reader: FrameReader): Message | null | "none" {
    try {
      const payload = reader.next();
      if (payload === null) return "none";
      this.#options.counters.receivedBytes += HEADER_BYTES + payload.length;
      return this.#open(new ByteReader(payload));
    } catch (error) {
      if (!(error instanceof EncodingError)) throw error;
      this.#cutOff("it sent what makes no sense", { reason: error.message });
      return "none";
    }
  }

  #open(payload: ByteReader): Message | null {
    const sort = payload.byte();
    if (sort === MESSAGE) {
      const message = readMessage(payload);
      payload.end();
      return this.#isAddressed(message) ? message : null;
    }
    payload.end();
    if (sort === PROBE) this.#sign(PROBE_ANSWER);
    else if (sort !== PROBE_ANSWER) throw new EncodingError(`there is no payload of sort ${sort}`);
    return null;
  }

  #isAddressed(message: Message): boolean {
    const { id, peer } = this.#options;
    if (message.from === peer && message.to === id) return true;
    this.#cutOff("it sent a message of another server, or to another one", { from: message.from, to: message.to });
    return false;
  }

  #sign(sort: typeof PROBE | typeof PROBE_ANSWER): void {
    const { socket, limits } = this.#options;
    // Whoever asks and never reads the answers must not fill our memory with them.
    if (!socket.writable || socket.writableLength >= limits.socketBytesMax * 2) return;
    const writer = new ByteWriter(HEADER_BYTES + 1);
    const at = beginFrame(writer);
    writer.byte(sort);
    endFrame(writer, at);
    this.#options.counters.sentBytes += writer.length;
    socket.write(writer.view());
  }

  /** The one who does not ask is asked once in each interval, and so knows as well when the other is gone. */
  #probeLater(): () => void {
    const { timers, limits, isProbing } = this.#options;
    return timers.after(limits.probeMs, () => {
      this.#silentProbes += 1;
      if (this.#silentProbes > limits.silentProbesMax) {
        return this.#cutOff("it has been silent", { milliseconds: limits.probeMs * limits.silentProbesMax });
      }
      if (isProbing) this.#sign(PROBE);
      this.#cancelProbe = this.#probeLater();
    });
  }

  #cutOff(reason: string, fields: Readonly<Record<string, string | number>>): void {
    const { socket, log, peer } = this.#options;
    log("warn", `connection cut off: ${reason}`, { peer, ...fields });
    socket.destroy();
  }

  #close(): void {
    this.#cancelProbe();
    this.#options.counters.dropped += this.#queue.clear();
  }
}
