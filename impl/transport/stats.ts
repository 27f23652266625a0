import type { NodeId } from "../core/entry.ts";

/** What happened with one server since it was known. Bytes are those of frames. */
export interface PeerStats {
  readonly id: NodeId;
  /** Messages to it can leave now. */
  readonly isConnected: boolean;
  readonly sent: number;
  readonly sentBytes: number;
  readonly received: number;
  readonly receivedBytes: number;
  /** Messages to it that were not sent: no connection, a full queue, or too large. */
  readonly dropped: number;
  /** Connections that were opened to it after the first. */
  readonly reconnects: number;
  readonly queuedMessages: number;
  readonly queuedBytes: number;
}

export interface TransportStats {
  /** Sorted by id. */
  readonly peers: readonly PeerStats[];
  /** Messages to servers that are not in the contacts and have no connection to this one. */
  readonly undeliverable: number;
  /** Connections to this server that were cut off before they were accepted. */
  readonly refusedConnections: number;
}

/** The part of the statistics that outlives connections. */
export class Counters {
  sent = 0;
  sentBytes = 0;
  received = 0;
  receivedBytes = 0;
  dropped = 0;
  connects = 0;
}
