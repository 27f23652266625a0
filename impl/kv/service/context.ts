import type { Logger } from "pino";
import type { Replica } from "../../runtime/interface.ts";
import type { KvMachine, KvResult } from "../machine/index.ts";
import type { Forwarder } from "./leader.ts";
import type { WatchFeed } from "./watch-feed.ts";

export interface ServiceLimits {
  readonly keyBytesMax: number;
  readonly valueBytesMax: number;
  /** Of the body of a request, in which a value may take more than its own size. */
  readonly requestBytesMax: number;
  /** Values of one page of a range. */
  readonly rangeBytesMax: number;
  /** Requests under way, watches apart. */
  readonly requestsMax: number;
  /** After it a request is answered with what is known, which may be nothing. */
  readonly requestTimeoutMs: number;
  readonly sessionsMax: number;
  /** Answers that a session keeps. */
  readonly unacknowledgedMax: number;
  /** To the leader. */
  readonly forwardConnectionsMax: number;
  /** Ticks without a sign of a quorum after which the server is not healthy. */
  readonly healthTicksMax: number;
}

const KIB = 1024;

export const defaultServiceLimits: ServiceLimits = {
  keyBytesMax: KIB,
  valueBytesMax: 512 * KIB,
  requestBytesMax: 1536 * KIB,
  rangeBytesMax: 4096 * KIB,
  requestsMax: 8192,
  requestTimeoutMs: 5000,
  sessionsMax: 65_536,
  unacknowledgedMax: 1024,
  forwardConnectionsMax: 256,
  healthTicksMax: 20,
};

/** What the handlers of requests work with. */
export interface Context {
  readonly replica: Replica<KvResult>;
  readonly machine: KvMachine;
  readonly feed: WatchFeed;
  readonly forwarder: Forwarder;
  readonly whenNotLeader: "forward" | "redirect";
  readonly limits: ServiceLimits;
  readonly tickMs: number;
  readonly logger: Logger;
  /** The server takes no new requests. */
  isStopping: boolean;
}
