import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";

export interface TransportOptions {
  readonly id: NodeId;
  /** Servers that were given another one are refused. */
  readonly clusterId: string;
  /** Where to listen, "host:port"; port 0 takes any that is free. */
  readonly listen: string;
  /** Called with each message as it arrives: from the server that its connection belongs to, and to this one. */
  readonly onMessage: (message: Message) => void;
  readonly log: Log;
  readonly contacts?: Readonly<Record<NodeId, string>>;
  /** Without it connections are neither encrypted nor authenticated: for networks that nobody else can reach. */
  readonly tls?: TlsFiles;
  /**
   * Whether servers that are not in the contacts are heard, which is the default. A server that joins knows no leader
   * yet, and one that was away does not know who joined, so who may speak is decided by cluster id and certificate.
   */
  readonly unknownSenders?: "accept" | "refuse";
  readonly limits?: Partial<TransportLimits>;
  readonly timers?: Timers;
  /** From 0 to 1, exclusive: for the jitter of reconnections. */
  readonly random?: () => number;
}

export type Log = (level: "debug" | "info" | "warn" | "error", message: string, fields: LogFields) => void;

export type LogFields = Readonly<Record<string, string | number>>;

/** Paths of PEM files. The certificate names the server's id as DNS name or common name. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
  /** Who may sign certificates of the cluster's servers. */
  readonly ca: string;
}

/** Calls once after so many milliseconds, unless what it returned is called before. */
export interface Timers {
  after(milliseconds: number, call: () => void): () => void;
}

export const systemTimers: Timers = {
  after(milliseconds, call) {
    const timer = setTimeout(call, milliseconds);
    return () => clearTimeout(timer);
  },
};

/** Sizes are in bytes, times in milliseconds. */
export interface TransportLimits {
  /** Of one frame. Larger ones are not sent, and whoever sends one is cut off. */
  readonly frameBytesMax: number;
  /** Appends and snapshot chunks that wait for one server. */
  readonly queueBytesMax: number;
  readonly queueMessagesMax: number;
  /** All other messages that wait for one server. */
  readonly signalsMax: number;
  /** Given to the socket and not taken by the kernel: beyond it appends and chunks wait, at twice it all do. */
  readonly socketBytesMax: number;
  /** Of each step of a handshake: the connection, with TLS; the greeting; the answer. */
  readonly handshakeMs: number;
  /** How often the one who opened a connection asks whether the other is there. */
  readonly probeMs: number;
  /** So many probes in a row without a byte from the other, and it is cut off. */
  readonly silentProbesMax: number;
  /** The first wait before connecting again; it doubles with every failure. */
  readonly backOffMs: number;
  readonly backOffMaxMs: number;
  /** Connections to this server, whatever their state. */
  readonly connectionsMax: number;
  /** How often the certificate files are looked at; 0 for never. */
  readonly certificatePollMs: number;
  /** What is under way may still be sent for so long when the transport closes. */
  readonly closeMs: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const defaultLimits: TransportLimits = {
  frameBytesMax: 8 * MIB,
  queueBytesMax: 16 * MIB,
  queueMessagesMax: 8192,
  signalsMax: 4096,
  socketBytesMax: 512 * KIB,
  handshakeMs: 5000,
  probeMs: 1000,
  silentProbesMax: 5,
  backOffMs: 20,
  backOffMaxMs: 2000,
  connectionsMax: 256,
  certificatePollMs: 60_000,
  closeMs: 500,
};

/** Why a transport could not be opened. */
export class TransportError extends Error {
  override readonly name = "TransportError";
  readonly code: "port-in-use" | "cannot-listen" | "bad-address" | "bad-certificate";
  /** The address or file in question. */
  readonly place: string;
  /** What to try. */
  readonly hint: string;

  constructor(code: TransportError["code"], message: string, place: string, hint: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
    this.place = place;
    this.hint = hint;
  }
}
