/** Messages between servers: over TCP, and within one process. */
export type { Transport } from "./interface.ts";
export { MemoryNetwork } from "./memory-transport.ts";
export {
  defaultLimits,
  type Log,
  type LogFields,
  type Timers,
  type TlsFiles,
  TransportError,
  type TransportLimits,
  type TransportOptions,
} from "./options.ts";
export type { PeerStats, TransportStats } from "./stats.ts";
export { openTransport, type TcpTransport } from "./tcp-transport.ts";
