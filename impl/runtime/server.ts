import type { Configuration } from "../core/configuration.ts";
import type { ChunkRead, Effects } from "../core/effects.ts";
import type { NodeId } from "../core/entry.ts";
import type { Event } from "../core/event.ts";
import { start, step } from "../core/index.ts";
import type { BoundMessage, Message } from "../core/message.ts";
import { noObserver } from "../core/observer.ts";
import type { Node, Role } from "../core/state.ts";
import { TraceRecorder } from "../core/tracing/recorder.ts";
import type { Transport } from "../transport/interface.ts";
import { Applier } from "./applier.ts";
import type { Queues } from "./hooks.ts";
import { Inbox, type QueuedEvent } from "./inbox.ts";
import type { CompleteOptions } from "./options.ts";
import { Requests } from "./requests.ts";
import { Snapshotter } from "./snapshots.ts";
import { TickCounter } from "./tick-counter.ts";
import { WriteQueue } from "./write-queue.ts";

const TICK: Event = { kind: "tick" };

/**
 * Feeds events to the core, one at a time, and carries out what each step asks for.
 *
 * Messages and requests wait in the inbox until the event loop has received all that there is; then they are stepped
 * through in one go, all proposals in one event. What the disk answers is stepped at once. Nothing that a step leads
 * to can reach the core before the step's effects are carried out.
 */
export class Server<Result> {
  readonly node: Node;
  readonly requests: Requests<Result>;
  readonly inbox: Inbox;
  readonly writes: WriteQueue;
  readonly applier: Applier<Result>;
  readonly transport: Transport;
  readonly #options: CompleteOptions<Result>;
  readonly #recorder: TraceRecorder | null;
  readonly #snapshotter: Snapshotter<Result>;
  readonly #ticks: TickCounter;
  readonly #stopTimer: () => void;
  /** Called after every turn until it says that it need not be any more. */
  readonly #watchers = new Set<() => void>();
  #isScheduled = false;
  /** The configurations of which the transport knows the contacts. */
  #reachable: { latest: Configuration; committed: Configuration } | null = null;
  #leader: NodeId | null = null;
  #stopped: string | null = null;
  #closed: Promise<unknown> = Promise.resolve();

  constructor(options: CompleteOptions<Result>) {
    const { id, settings, storage, seed, host, hooks, trace, limits, machine, tickMs } = options;
    this.#options = options;
    const incarnation = host.epoch();
    // Microseconds since 1970 are above all that a former life came to, unless it had more than a million events a second.
    const clock = Math.floor(incarnation * 1000);
    this.#recorder = trace === null ? null : new TraceRecorder({ id, incarnation, clock, sink: trace });
    const observer = this.#recorder ?? noObserver;
    const { durable } = storage;
    this.requests = new Requests(hooks, () => host.monotonic());
    this.inbox = new Inbox(limits);
    this.writes = new WriteQueue({
      storage,
      now: () => host.monotonic(),
      onDurable: (number, messages) => this.#written(number, messages),
      onFailed: (error) => this.fail("a write to the disk failed", error),
      onWritten: (time) => hooks.written(time),
    });
    this.applier = new Applier({
      machine,
      storage,
      perTurnMax: limits.appliedPerTurnMax,
      soon: (work) => host.soon(work),
      onResult: (proposal, result) => this.requests.proposalApplied(proposal, result),
      onApplied: (entries) => this.#applied(entries),
      onFailed: (error) => this.fail("the state machine could not go on", error),
    });
    this.node = start({ id, settings, durable, seed, incarnation, observer });
    this.#snapshotter = new Snapshotter({
      node: this.node,
      applier: this.applier,
      machine,
      storage,
      policy: options.snapshots,
      onTaken: (snapshot) => {
        hooks.snapshotBytes("taken", snapshot.size);
        // One from the leader may have overtaken it.
        if (snapshot.index > this.node.snapshot.index) {
          this.#guarded(() => this.#step({ kind: "snapshot-taken", index: snapshot.index, size: snapshot.size }));
        }
      },
      onFailed: (error) => this.fail("a snapshot could not be saved", error),
    });
    this.transport = options.transport((message) => this.#receive(message));
    this.#setContacts();
    if (durable.snapshot.index > 0) this.applier.restore(durable.snapshot);
    this.#ticks = new TickCounter({ now: host.monotonic(), tickMs, electionTicks: settings.electionTicks });
    this.#stopTimer = host.every(tickMs, () => this.schedule());
  }

  get stopped(): string | null {
    return this.#stopped;
  }

  get leader(): NodeId | null {
    const { role, id } = this.node;
    return role.kind === "leader" ? id : role.kind === "follower" ? role.leader : null;
  }

  queues(): Queues {
    return {
      proposals: this.inbox.proposals,
      proposalBytes: this.inbox.proposalBytes,
      events: this.inbox.events,
      outstanding: this.requests.count,
      writes: this.writes.length,
      unapplied: this.applier.unapplied,
    };
  }

  enqueue(event: QueuedEvent): void {
    this.inbox.add(event);
    this.schedule();
  }

  /** Looks at the clock and the inbox as soon as the event loop has received what there is. */
  schedule(): void {
    if (this.#isScheduled || this.#stopped !== null) return;
    this.#isScheduled = true;
    this.#options.host.soon(() => {
      this.#isScheduled = false;
      this.#guarded(() => this.#turn());
    });
  }

  /** Calls `watch` after every turn, which is at least once a tick, until the function that it returns is called. */
  afterTurns(watch: () => void): () => void {
    this.#watchers.add(watch);
    return () => this.#watchers.delete(watch);
  }

  /** Stops for good, because something went wrong that this server cannot repair. */
  fail(what: string, error: unknown): void {
    if (this.#stopped !== null) return;
    const reason = `${what}: ${error instanceof Error ? error.message : String(error)}`;
    const { logger, hooks, storage } = this.#options;
    logger.error({ id: this.node.id, err: error }, `this server stops for good, because ${reason}`);
    this.halt(reason);
    hooks.stopped(reason);
    const unable = (closing: string) => (closeError: unknown) =>
      logger.warn({ id: this.node.id, err: closeError }, `after the failure, the ${closing} could not be closed`);
    this.#closed = Promise.all([
      this.transport.close().catch(unable("transport")),
      storage.close().catch(unable("storage")),
    ]);
  }

  /** Resolves when a server that failed has closed what it could. */
  async whenClosed(): Promise<void> {
    await this.#closed;
  }

  /** No event is looked at from now on, and whoever waits for an outcome is told that it is unknown. */
  halt(reason: string): void {
    this.#stopped = reason;
    this.#stopTimer();
    this.applier.close();
    this.requests.abandon(null);
    for (const watch of [...this.#watchers]) watch();
  }

  #receive(message: Message): void {
    if (this.#stopped !== null) return;
    if (this.inbox.hasRoomFor(message)) {
      this.enqueue({ kind: "message", message });
    } else {
      this.#options.hooks.messageDropped();
    }
  }

  #turn(): void {
    this.#catchUp();
    for (const event of this.inbox.takeEvents()) {
      // However long the others took: a read by lease, above all, is to be held against the time of its own step.
      this.#catchUp();
      if (event.kind === "message") this.#recorder?.received(event.message);
      this.#step(event);
    }
    const proposals = this.inbox.takeProposals();
    if (proposals.length > 0) {
      this.#catchUp();
      this.#step({ kind: "propose", proposals });
    }
    for (const watch of [...this.#watchers]) watch();
  }

  #catchUp(): void {
    this.#ticks.catchUp(
      this.#options.host.monotonic(),
      () => this.node.role.kind === "leader",
      () => this.#step(TICK),
    );
  }

  #written(number: number, messages: readonly BoundMessage[]): void {
    this.#guarded(() => {
      const effects = this.#quietStep({ kind: "written", number });
      for (const message of messages) this.#send(message);
      this.#carryOut(effects);
    });
  }

  #step(event: Event): void {
    if (this.#stopped === null) this.#carryOut(this.#quietStep(event));
  }

  #quietStep(event: Event): Effects {
    const { role, term } = this.node;
    const kind = role.kind;
    const effects = step(this.node, event);
    if (this.node.term !== term) this.#options.hooks.termChanged(this.node.term);
    if (this.node.role.kind !== kind) this.#roleChanged(kind, this.node.role.kind);
    return effects;
  }

  #roleChanged(from: Role["kind"], to: Role["kind"]): void {
    const { hooks, logger } = this.#options;
    const { id, term } = this.node;
    hooks.roleChanged(from, to, term);
    if (to === "candidate" || (to === "leader" && from !== "candidate")) hooks.electionStarted(term);
    logger.info({ id, term, from, to }, "the role of this server changed");
  }

  #carryOut(effects: Effects): void {
    for (const message of effects.sends) this.#send(message);
    const { write } = effects;
    if (write !== null) {
      this.#recorder?.writing(this.node, write);
      if (write.chunk !== null) this.#options.hooks.snapshotBytes("received", write.chunk.data.length);
      this.writes.add(write);
    }
    this.#noticeLeader();
    this.#setContacts();
    if (effects.restore !== null) this.applier.restore(effects.restore);
    this.applier.apply(effects.apply);
    for (const answer of effects.answers) this.requests.answered(answer, this.applier.appliedIndex);
    for (const read of effects.chunkReads) this.#readChunk(read);
    if (effects.releasedIndex > 0) this.#options.storage.release(effects.releasedIndex);
  }

  #send(message: Message): void {
    if (message.kind === "snapshot-chunk") this.#options.hooks.snapshotBytes("sent", message.data.length);
    this.transport.send(this.#recorder === null ? message : this.#recorder.sending(message));
  }

  #readChunk({ to, index, offset, sizeMax }: ChunkRead): void {
    this.#options.storage.readChunk(index, offset, sizeMax).then(
      (chunk) => {
        const data = chunk === null ? null : chunk.data;
        const isLast = chunk?.isLast === true;
        this.#guarded(() => this.#step({ kind: "chunk-read", to, index, offset, data, isLast }));
      },
      (error: unknown) => this.fail("a snapshot could not be read", error),
    );
  }

  #applied(entries: number): void {
    const { appliedIndex } = this.applier;
    if (entries > 0) this.#recorder?.applied(appliedIndex);
    this.requests.appliedTo(appliedIndex);
    this.#snapshotter.takeIfDue();
  }

  #noticeLeader(): void {
    const leader = this.leader;
    if (leader === this.#leader) return;
    this.#leader = leader;
    const { id, term } = this.node;
    this.#options.logger.info({ id, term, leader }, leader === null ? "no leader is known" : "there is a leader");
  }

  /**
   * Whoever is in the latest configuration must be reached before it is committed; whoever is only in the committed
   * one still has to learn of the change. A server that knows of no cluster yet leaves its transport as it was made.
   */
  #setContacts(): void {
    const { configurations, commit } = this.node;
    const { latest, latestIndex } = configurations;
    const committed = commit >= latestIndex ? latest : configurations.at(commit);
    if (latest === this.#reachable?.latest && committed === this.#reachable.committed) return;
    this.#reachable = { latest, committed };
    if (latest.voters.length > 0) this.transport.setContacts({ ...committed.contacts, ...latest.contacts });
  }

  /** A rule or a state machine that throws has left this server in no state to go on. */
  #guarded(work: () => void): void {
    if (this.#stopped !== null) return;
    try {
      work();
    } catch (error) {
      this.fail("the server contradicts itself", error);
    }
  }
}
