import type { NodeId } from "../core/entry.ts";
import type { Message } from "../core/message.ts";
import type { Settings } from "../core/settings.ts";
import type { StateMachine } from "../core/state-machine.ts";
import type { TraceSink } from "../core/tracing/recorder.ts";
import type { Storage } from "../storage/interface.ts";
import type { Transport } from "../transport/interface.ts";
import { type Hooks, noHooks } from "./hooks.ts";
import { type Host, type Logger, nodeHost, noLogger } from "./host.ts";

export interface ReplicaOptions<Result> {
  readonly id: NodeId;
  readonly settings: Settings;
  /** Open. The replica closes it. */
  readonly storage: Storage;
  /**
   * Makes the transport, or hands over one that is open. Messages for this server go to `receive`, from now on until
   * the transport is closed, which the replica does.
   */
  readonly transport: (receive: (message: Message) => void) => Transport;
  /** Empty. The replica loads the snapshot into it. */
  readonly machine: StateMachine<Result>;
  readonly tickMs: number;
  /** Spreads election timeouts: every server of a cluster should have another one. */
  readonly seed: number;
  readonly host?: Host;
  readonly hooks?: Hooks;
  readonly logger?: Logger;
  readonly snapshots?: SnapshotPolicy;
  readonly limits?: Limits;
  readonly trace?: TraceSink | null;
}

/** A snapshot is taken as soon as either was applied since the last one. */
export interface SnapshotPolicy {
  readonly everyBytes: number;
  readonly everyEntries: number;
}

/** What the server holds in memory besides its log. Beyond it, requests are refused and messages dropped. */
export interface Limits {
  /** Requests without an outcome. */
  readonly outstandingMax: number;
  /** Bytes of proposals that arrived in one turn of the event loop. */
  readonly proposalBytesMax: number;
  /** Messages that arrived in one turn, and their bytes. */
  readonly messagesMax: number;
  readonly messageBytesMax: number;
  /** Committed entries that are applied in one turn. */
  readonly appliedPerTurnMax: number;
}

const MIB = 1024 * 1024;

export const defaultSnapshotPolicy: SnapshotPolicy = { everyBytes: 64 * MIB, everyEntries: 500_000 };

export const defaultLimits: Limits = {
  outstandingMax: 65_536,
  proposalBytesMax: 16 * MIB,
  messagesMax: 16_384,
  messageBytesMax: 64 * MIB,
  appliedPerTurnMax: 4096,
};

/** The options with nothing left open. */
export type CompleteOptions<Result> = Required<ReplicaOptions<Result>>;

export function completeOptions<Result>(options: ReplicaOptions<Result>): CompleteOptions<Result> {
  return {
    host: nodeHost,
    hooks: noHooks,
    logger: noLogger,
    snapshots: defaultSnapshotPolicy,
    limits: defaultLimits,
    trace: null,
    ...options,
  };
}
