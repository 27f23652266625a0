import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Status } from "../runtime/interface.ts";
import type { ServerHooks, ServerQueues } from "./interface.ts";

/** Seconds: from a fast disk's sync to a stall. */
const LATENCY_BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export interface Metrics {
  /** To be called by the running server. */
  readonly hooks: ServerHooks;
  /** `operation` is one of the description's, so that labels are bounded. */
  requestDone(operation: string, status: number, time: number): void;
}

/** What is looked at when somebody asks for the metrics. */
export interface Observed {
  status(): Status;
  queues(): ServerQueues;
  keyCount(): number;
  sessionCount(): number;
  watcherCount(): number;
}

/** Registers the metrics of a server, all named `lockstep_...`. A registry takes one server. */
export function createMetrics(registry: Registry, observed: Observed): Metrics {
  registerGauges(registry, observed);
  return { hooks: createHooks(registry), requestDone: createRequestMetrics(registry) };
}

function createHooks(registry: Registry): ServerHooks {
  const registers = [registry];
  const counter = (name: string, help: string) => new Counter({ name: `lockstep_${name}`, help, registers });
  const seconds = (name: string, help: string) => {
    const histogram = new Histogram({ name: `lockstep_${name}_seconds`, help, registers, buckets: LATENCY_BUCKETS });
    return (time: number) => histogram.observe(time / 1000);
  };
  const elections = counter("elections_total", "Elections that this server stood for.");
  const roleChanges = new Counter({
    name: "lockstep_role_changes_total",
    help: "Changes of role, by the new one.",
    labelNames: ["role"],
    registers,
  });
  const termChanges = counter("term_changes_total", "New terms that this server came to know.");
  const applied = counter("applied_entries_total", "Committed entries that went through the machine.");
  const dropped = counter("messages_dropped_total", "Messages of other servers for which there was no room.");
  const stopped = counter("stopped_total", "Whether the server has stopped for good.");
  const refused = new Counter({
    name: "lockstep_refused_total",
    help: "Requests that were refused, by request and reason.",
    labelNames: ["request", "reason"],
    registers,
  });
  const snapshotBytes = new Counter({
    name: "lockstep_snapshot_bytes_total",
    help: "Bytes of snapshots that were taken, sent and received.",
    labelNames: ["direction"],
    registers,
  });
  return {
    electionStarted: () => elections.inc(),
    roleChanged: (_from, role) => roleChanges.inc({ role }),
    termChanged: () => termChanges.inc(),
    proposalDone: seconds("commit", "From a proposal to its result: replicated, committed and applied."),
    readDone: seconds("read", "From a read to the moment when it may be answered."),
    applied: observeApply(applied, seconds("apply", "Time that a batch of committed entries took in the machine.")),
    written: seconds("fsync", "From handing a write to the disk until it is durable."),
    refused: (request, reason) => refused.inc({ request, reason }),
    messageDropped: () => dropped.inc(),
    snapshotBytes: (direction, bytes) => snapshotBytes.inc({ direction }, bytes),
    stopped: () => stopped.inc(),
  };
}

function observeApply(count: Counter, observeTime: (time: number) => void): ServerHooks["applied"] {
  return (entries, time) => {
    count.inc(entries);
    observeTime(time);
  };
}

function registerGauges(registry: Registry, observed: Observed): void {
  const registers = [registry];
  const gauge = (name: string, help: string, value: () => number) =>
    new Gauge({
      name: `lockstep_${name}`,
      help,
      registers,
      collect() {
        this.set(value());
      },
    });
  gauge("term", "The current term.", () => observed.status().term);
  gauge("is_leader", "1 at the leader.", () => (observed.status().role === "leader" ? 1 : 0));
  gauge("has_leader", "1 where a leader is known.", () => (observed.status().leader === null ? 0 : 1));
  gauge("commit_index", "Index of the last entry known to be committed.", () => observed.status().commit);
  gauge("applied_index", "Index of the last entry that was applied.", () => observed.status().applied);
  gauge("last_index", "Index of the last entry of the log.", () => observed.status().lastIndex);
  gauge("snapshot_index", "Index of the last snapshot.", () => observed.status().snapshotIndex);
  gauge("keys", "Keys in the machine.", observed.keyCount);
  gauge("sessions", "Client sessions that are open.", observed.sessionCount);
  gauge("watchers", "Watches that are open.", observed.watcherCount);
  new Gauge({
    name: "lockstep_queue_length",
    help: "What waits, by queue; proposalBytes in bytes.",
    labelNames: ["queue"],
    registers,
    collect() {
      for (const [queue, length] of Object.entries(observed.queues())) this.set({ queue }, length);
    },
  });
}

function createRequestMetrics(registry: Registry): Metrics["requestDone"] {
  const registers = [registry];
  const count = new Counter({
    name: "lockstep_http_requests_total",
    help: "HTTP requests, by operation and status.",
    labelNames: ["operation", "status"],
    registers,
  });
  const duration = new Histogram({
    name: "lockstep_http_request_seconds",
    help: "Time from the head of a request to the end of its answer, by operation.",
    labelNames: ["operation"],
    registers,
    buckets: LATENCY_BUCKETS,
  });
  return (operation, status, time) => {
    count.inc({ operation, status });
    duration.observe({ operation }, time / 1000);
  };
}
