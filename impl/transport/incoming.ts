import { createServer as createPlainServer, type Server, type Socket } from "node:net";
import {
  createServer as createTlsServer,
  type SecureContextOptions,
  TLSSocket,
  type Server as TlsServer,
} from "node:tls";
import type { NodeId } from "../core/entry.ts";
import { type Address, textOf } from "./address.ts";
import { isCertificateOf, messageOf } from "./certificates.ts";
import { Channel, type ChannelContext } from "./channel.ts";
import { PROTOCOL_VERSION } from "./frame.ts";
import { answer, greeted } from "./greeting.ts";
import { type Hello, objectionTo, type Refused } from "./handshake.ts";
import { type LogFields, TransportError } from "./options.ts";
import type { Counters } from "./stats.ts";

export interface IncomingContext extends ChannelContext {
  readonly clusterId: string;
  readonly isHeard: (id: NodeId) => boolean;
  readonly countersOf: (id: NodeId) => Counters;
  /** A server has no connection to this one any more. */
  readonly onGone: (id: NodeId) => void;
}

const KEEP_ALIVE_MS = 10_000;

/** The port of a server, and the connections that others have opened to it: one for each of them, the newest. */
export class Incoming {
  readonly #context: IncomingContext;
  readonly #server: Server;
  readonly #tlsServer: TlsServer | null;
  /** By the address of the other side, so that a TLS socket takes the place of what it is on. */
  readonly #sockets = new Map<string, Socket>();
  readonly #channels = new Map<NodeId, Channel>();
  refused = 0;

  constructor(context: IncomingContext, tls: SecureContextOptions | null) {
    this.#context = context;
    const { handshakeMs, connectionsMax } = context.limits;
    this.#tlsServer =
      tls === null
        ? null
        : createTlsServer({ ...tls, requestCert: true, rejectUnauthorized: true, handshakeTimeout: handshakeMs });
    this.#server = this.#tlsServer ?? createPlainServer();
    this.#server.maxConnections = connectionsMax;
    this.#server.on("drop", (data) =>
      this.#refuse("too many connections", { remote: `${data?.remoteAddress ?? "?"}`, limit: connectionsMax }),
    );
    this.#server.on("connection", (socket: Socket) => this.#keep(socket));
    this.#server.on(this.#tlsServer === null ? "connection" : "secureConnection", (socket: Socket) =>
      this.#accept(socket),
    );
    this.#tlsServer?.on("tlsClientError", (error, socket) =>
      this.#refuse("no valid certificate", { remote: remoteOf(socket), reason: reasonOf(error, socket) }),
    );
  }

  /** Resolves with the port. Rejects with `TransportError`. */
  listen(address: Address): Promise<number> {
    return new Promise((resolve, reject) => {
      this.#server.once("error", (error) => reject(listenError(address, error)));
      this.#server.listen(address.port, address.host, () => {
        this.#server.removeAllListeners("error");
        this.#server.on("error", (error) => this.#context.log("error", "the port failed", { reason: error.message }));
        const bound = this.#server.address();
        resolve(typeof bound === "object" && bound !== null ? bound.port : address.port);
      });
    });
  }

  /** Counts for connections from now on. */
  useCertificates(options: SecureContextOptions): void {
    this.#tlsServer?.setSecureContext(options);
  }

  /** The connection that the server has opened to this one. */
  channelOf(id: NodeId): Channel | undefined {
    return this.#channels.get(id);
  }

  get ids(): Iterable<NodeId> {
    return this.#channels.keys();
  }

  /** Takes no connection any more and ends those that are there. Resolves when all are gone. */
  end(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const socket of this.#sockets.values()) {
      const channel = [...this.#channels.values()].find((one) => one.isOn(socket));
      if (channel === undefined) socket.destroy();
      else channel.end();
    }
    return closed;
  }

  destroy(): void {
    for (const socket of this.#sockets.values()) socket.destroy();
  }

  #keep(socket: Socket): void {
    const remote = remoteOf(socket);
    this.#sockets.set(remote, socket);
    socket.on("close", () => {
      if (this.#sockets.get(remote) === socket) this.#sockets.delete(remote);
    });
  }

  #accept(socket: Socket): void {
    this.#keep(socket);
    // Every error is followed by a close, which says what there is to say.
    socket.on("error", () => {});
    socket.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS);
    const remote = remoteOf(socket);
    this.#hear(socket, remote).catch((error: unknown) => {
      this.#refuse("no greeting", { remote, reason: messageOf(error) });
      socket.destroy();
    });
  }

  /** Rejects with `GreetingError` where the other side does not greet. */
  async #hear(socket: Socket, remote: string): Promise<void> {
    const { timers, limits, id, clusterId, isHeard, countersOf } = this.#context;
    const { reader, version, hello } = await greeted(socket, timers, limits.handshakeMs);
    if (socket.destroyed) return;
    if (hello === null) return this.#turnAway(socket, unknownVersion(version), { remote });
    const isCertified = (from: NodeId) => isCertificateFor(socket, from);
    const objection = objectionTo(hello, { id, clusterId, isHeard, isCertified });
    if (objection !== null) return this.#turnAway(socket, objection, { remote, peer: hello.from });
    answer(socket, "accepted");
    const counters = countersOf(hello.from);
    const onAlive = () => {};
    const peer = { socket, reader, peer: hello.from, isProbing: false, counters, onAlive };
    this.#admit(socket, hello, new Channel({ ...this.#context, ...peer }));
  }

  #admit(socket: Socket, { from }: Hello, channel: Channel): void {
    const { log, onGone } = this.#context;
    // A server that comes again has lost the connection before, which may not know it yet.
    const before = this.#channels.get(from);
    this.#channels.set(from, channel);
    before?.destroy();
    socket.on("close", () => {
      if (this.#channels.get(from) !== channel) return;
      this.#channels.delete(from);
      onGone(from);
    });
    log("info", "connection accepted", { peer: from, remote: remoteOf(socket) });
    channel.start();
  }

  #turnAway(socket: Socket, { answer: reason, expected, found }: Refused, fields: LogFields): void {
    answer(socket, reason);
    socket.destroySoon();
    this.#refuse(reason, { ...fields, expected, found });
  }

  #refuse(reason: string, fields: LogFields): void {
    this.refused += 1;
    this.#context.log("warn", `connection refused: ${reason}`, fields);
  }
}

function unknownVersion(version: number): Refused {
  return { answer: "unknown-version", expected: `${PROTOCOL_VERSION}`, found: `${version}` };
}

function isCertificateFor(socket: Socket, id: NodeId): boolean {
  if (!(socket instanceof TLSSocket)) return true;
  const certificate = socket.getPeerX509Certificate();
  return socket.authorized && certificate !== undefined && isCertificateOf(certificate, id);
}

function remoteOf(socket: Socket): string {
  return textOf({ host: socket.remoteAddress ?? "?", port: socket.remotePort ?? 0 });
}

/** A certificate that was refused leaves its reason at the socket, and the error only says that it is closed. */
function reasonOf(error: Error, socket: TLSSocket): string {
  const { authorizationError } = socket;
  return authorizationError ? `${messageOf(authorizationError)}` : error.message;
}

function listenError(address: Address, error: Error): TransportError {
  const place = textOf(address);
  const code = "code" in error ? error.code : "";
  if (code === "EADDRINUSE") {
    const hint = "stop whoever listens there, or give this server another address to listen on";
    return new TransportError("port-in-use", `${place} is in use by another process`, place, hint, error);
  }
  const hint = "listen on an address of this machine, and on a port that this user may open";
  return new TransportError("cannot-listen", `cannot listen on ${place}: ${error.message}`, place, hint, error);
}
