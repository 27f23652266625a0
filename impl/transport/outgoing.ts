import { X509Certificate } from "node:crypto";
import { connect as connectPlain, type Socket } from "node:net";
import { connect as connectTls, type SecureContextOptions, TLSSocket } from "node:tls";
import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import { type Address, addressOf } from "./address.ts";
import { isCertificateOf, messageOf } from "./certificates.ts";
import { Channel, type ChannelContext } from "./channel.ts";
import { greet } from "./greeting.ts";
import { SendQueue } from "./send-queue.ts";
import type { Counters } from "./stats.ts";

export interface OutgoingContext extends ChannelContext {
  readonly clusterId: string;
  readonly random: () => number;
  /** What to show and whom to trust, for the next connection; null for connections without TLS. */
  readonly tls: () => SecureContextOptions | null;
}

/** Kernel's own probes, besides ours: for whatever stands between the two and forgets idle connections. */
const KEEP_ALIVE_MS = 10_000;

/**
 * The connection to one server, which is opened again whenever it ends. What is sent while it is being opened waits;
 * what is sent between two attempts is dropped, because the core repeats what is still true, and old news is worse
 * than none.
 */
export class Outgoing {
  readonly id: NodeId;
  readonly contact: string;
  readonly #context: OutgoingContext;
  readonly #counters: Counters;
  readonly #early: SendQueue;
  #socket: Socket | null = null;
  #channel: Channel | null = null;
  #failures = 0;
  #lastFailure = "";
  #isClosed = false;
  #cancelRetry = () => {};

  constructor(context: OutgoingContext, id: NodeId, contact: string, counters: Counters) {
    this.#context = context;
    this.id = id;
    this.contact = contact;
    this.#counters = counters;
    this.#early = new SendQueue(context.limits);
    const address = addressOf(contact);
    if (address !== null) this.#dial(address);
    else
      context.log("error", "a contact is no address like host:port, and nothing is sent to it", { peer: id, contact });
  }

  get isConnected(): boolean {
    return this.#channel !== null;
  }

  get queued(): { readonly messages: number; readonly bytes: number } {
    return this.#channel?.queued ?? { messages: this.#early.length, bytes: this.#early.bytes };
  }

  send(message: Message): void {
    if (this.#channel !== null) this.#channel.send(message);
    else if (this.#socket !== null) this.#counters.dropped += this.#early.add(message);
    else this.#counters.dropped += 1;
  }

  /** Resolves when there is no connection, now or after `end`. */
  get ended(): Promise<void> {
    const socket = this.#socket;
    return socket === null ? Promise.resolve() : new Promise((resolve) => socket.once("close", () => resolve()));
  }

  /** Sends what waits, as far as it can be sent at once, and opens no connection any more. */
  end(): void {
    this.#stop();
    if (this.#channel === null) this.#socket?.destroy();
    else this.#channel.end();
  }

  destroy(): void {
    this.#stop();
    this.#socket?.destroy();
  }

  #stop(): void {
    this.#isClosed = true;
    this.#cancelRetry();
    this.#counters.dropped += this.#early.clear();
  }

  #dial(address: Address): void {
    const socket = this.#connect(address);
    this.#socket = socket;
    let reason = "the connection ended";
    socket.on("error", (error) => {
      reason = messageOf(error);
    });
    socket.on("close", () => this.#closed(address, reason));
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
    const fail = (error: unknown) => {
      reason = messageOf(error);
      socket.destroy();
    };
    const { timers, limits } = this.#context;
    const tooLate = new Error(`no connection within ${limits.handshakeMs} ms`);
    const cancel = timers.after(limits.handshakeMs, () => fail(tooLate));
    socket.on("close", cancel);
    // With TLS nothing is said before the other side has shown who it is.
    socket.on(socket instanceof TLSSocket ? "secureConnect" : "connect", () => {
      cancel();
      this.#open(socket).catch(fail);
    });
  }

  #connect({ host, port }: Address): Socket {
    const tls = this.#context.tls();
    if (tls === null) return connectPlain({ host, port });
    return connectTls({
      host,
      port,
      ...tls,
      checkServerIdentity: (_, certificate) =>
        isCertificateOf(new X509Certificate(certificate.raw), this.id)
          ? undefined
          : new Error(`its certificate does not name ${this.id}`),
    });
  }

  /** Rejects with the reason for which the connection is of no use. */
  async #open(socket: Socket): Promise<void> {
    const { id, clusterId, timers, limits, log } = this.#context;
    const hello = { clusterId, from: id, to: this.id };
    const reader = await greet(socket, hello, timers, limits.handshakeMs);
    if (socket.destroyed) return;
    const channel = new Channel({
      ...this.#context,
      socket,
      reader,
      peer: this.id,
      isProbing: true,
      counters: this.#counters,
      onAlive: () => {
        this.#failures = 0;
        this.#lastFailure = "";
      },
    });
    this.#channel = channel;
    this.#counters.connects += 1;
    log("info", "connected", { peer: this.id, contact: this.contact });
    for (let early = this.#early.take("all"); early !== null; early = this.#early.take("all")) channel.send(early);
    channel.start();
  }

  #closed(address: Address, reason: string): void {
    this.#socket = null;
    this.#channel = null;
    this.#counters.dropped += this.#early.clear();
    if (this.#isClosed) return;
    // A server that stays away is told of once, and not with every attempt.
    const level = reason === this.#lastFailure ? "debug" : "warn";
    this.#lastFailure = reason;
    this.#context.log(level, "no connection", { peer: this.id, contact: this.contact, reason });
    this.#cancelRetry = this.#context.timers.after(this.#backOff(), () => this.#dial(address));
  }

  /** From half of the wait to all of it, so that servers that lost a peer together do not come back together. */
  #backOff(): number {
    const { limits, random } = this.#context;
    const wait = Math.min(limits.backOffMaxMs, limits.backOffMs * 2 ** Math.min(this.#failures, 30));
    this.#failures += 1;
    return wait * (0.5 + random() / 2);
  }
}
