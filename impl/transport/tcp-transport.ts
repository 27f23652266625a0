import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import { addressOf } from "./address.ts";
import { type Certificates, loadCertificates, messageOf } from "./certificates.ts";
import { Incoming } from "./incoming.ts";
import type { Transport } from "./interface.ts";
import {
  defaultLimits,
  systemTimers,
  type Timers,
  type TlsFiles,
  TransportError,
  type TransportLimits,
  type TransportOptions,
} from "./options.ts";
import { Outgoing, type OutgoingContext } from "./outgoing.ts";
import { Counters, type PeerStats, type TransportStats } from "./stats.ts";

/** A transport over TCP, with what only that has. */
export interface TcpTransport extends Transport {
  /** The port it listens on. */
  readonly port: number;
  stats(): TransportStats;
  /** Reads the certificate files again, for connections from now on. Rejects with `TransportError`, and keeps the old ones. */
  reload(): Promise<void>;
}

/** Listens, and begins to connect to the contacts. Rejects with `TransportError`. */
export async function openTransport(options: TransportOptions): Promise<TcpTransport> {
  const address = addressOf(options.listen);
  if (address === null) {
    const message = `"${options.listen}" is no address to listen on`;
    throw new TransportError("bad-address", message, options.listen, "write host:port, for example 127.0.0.1:7001");
  }
  const certificates = options.tls === undefined ? null : await loadCertificates(options.tls, options.id);
  const transport = new OpenTransport(options, certificates);
  await transport.listen(address);
  transport.setContacts(options.contacts ?? {});
  return transport;
}

class OpenTransport implements TcpTransport {
  port = 0;
  readonly #options: TransportOptions;
  readonly #limits: TransportLimits;
  readonly #timers: Timers;
  readonly #context: OutgoingContext;
  readonly #incoming: Incoming;
  readonly #peers = new Map<NodeId, Outgoing>();
  readonly #counters = new Map<NodeId, Counters>();
  #certificates: Certificates | null;
  #undeliverable = 0;
  #isClosed = false;
  #cancelPoll = () => {};

  constructor(options: TransportOptions, certificates: Certificates | null) {
    this.#options = options;
    this.#limits = { ...defaultLimits, ...options.limits };
    this.#timers = options.timers ?? systemTimers;
    this.#certificates = certificates;
    const { id, clusterId, log, onMessage, unknownSenders } = options;
    const shared = { id, clusterId, log, onMessage, limits: this.#limits, timers: this.#timers };
    const random = options.random ?? Math.random;
    this.#context = { ...shared, random, tls: () => this.#certificates?.options ?? null };
    this.#incoming = new Incoming(
      {
        ...shared,
        isHeard: (from) => unknownSenders !== "refuse" || this.#peers.has(from),
        countersOf: (from) => this.#countersOf(from),
        onGone: (from) => this.#forget(from),
      },
      certificates?.options ?? null,
    );
  }

  async listen(address: { readonly host: string; readonly port: number }): Promise<void> {
    this.port = await this.#incoming.listen(address);
    if (this.#options.tls !== undefined && this.#limits.certificatePollMs > 0) this.#pollLater();
  }

  send(message: Message): void {
    const to = this.#peers.get(message.to) ?? this.#incoming.channelOf(message.to);
    if (to === undefined || this.#isClosed) this.#undeliverable += 1;
    else to.send(message);
  }

  setContacts(contacts: Readonly<Record<NodeId, string>>): void {
    if (this.#isClosed) return;
    for (const peer of this.#peers.values()) {
      if (contacts[peer.id] === peer.contact) continue;
      this.#peers.delete(peer.id);
      peer.end();
      this.#forget(peer.id);
    }
    for (const [id, contact] of Object.entries(contacts)) {
      if (id === this.#options.id || this.#peers.has(id)) continue;
      this.#peers.set(id, new Outgoing(this.#context, id, contact, this.#countersOf(id)));
    }
  }

  stats(): TransportStats {
    const ids = new Set([...this.#peers.keys(), ...this.#incoming.ids]);
    const peers = [...ids].sort().map((id) => this.#statsOf(id));
    return { peers, undeliverable: this.#undeliverable, refusedConnections: this.#incoming.refused };
  }

  async reload(): Promise<void> {
    const { tls, id, log } = this.#options;
    if (tls === undefined) return;
    const loaded = await loadCertificates(tls, id);
    if (this.#isClosed || loaded.fingerprint === this.#certificates?.fingerprint) return;
    this.#certificates = loaded;
    this.#incoming.useCertificates(loaded.options);
    log("info", "certificates were reloaded", { cert: tls.cert });
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelPoll();
    const peers = [...this.#peers.values()];
    for (const peer of peers) peer.end();
    const ended = this.#incoming.end();
    const cancel = this.#timers.after(this.#limits.closeMs, () => {
      for (const peer of peers) peer.destroy();
      this.#incoming.destroy();
    });
    await Promise.all([ended, ...peers.map((peer) => peer.ended)]);
    cancel();
  }

  #statsOf(id: NodeId): PeerStats {
    const peer = this.#peers.get(id);
    const { connects, ...counted } = this.#countersOf(id);
    const channel = this.#incoming.channelOf(id);
    const { messages, bytes } = peer?.queued ?? channel?.queued ?? { messages: 0, bytes: 0 };
    const isConnected = peer?.isConnected ?? channel !== undefined;
    const reconnects = Math.max(0, connects - 1);
    return { id, isConnected, ...counted, reconnects, queuedMessages: messages, queuedBytes: bytes };
  }

  #countersOf(id: NodeId): Counters {
    const counters = this.#counters.get(id) ?? new Counters();
    this.#counters.set(id, counters);
    return counters;
  }

  /** Counters are kept of servers that are in the contacts or connected, and of nobody else, so they are bounded. */
  #forget(id: NodeId): void {
    if (!this.#peers.has(id) && this.#incoming.channelOf(id) === undefined) this.#counters.delete(id);
  }

  #pollLater(): void {
    this.#cancelPoll = this.#timers.after(this.#limits.certificatePollMs, () => {
      this.reload()
        .catch((error: unknown) => this.#complain(this.#options.tls, error))
        .finally(() => {
          if (!this.#isClosed) this.#pollLater();
        });
    });
  }

  #complain(files: TlsFiles | undefined, error: unknown): void {
    const reason = messageOf(error);
    this.#options.log("error", "certificates were not reloaded, the old ones stay", {
      cert: files?.cert ?? "",
      reason,
    });
  }
}
