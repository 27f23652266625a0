import { quorumValue } from "../core/configuration.ts";
import type { Refusal } from "../core/effects.ts";
import type { NodeId } from "../core/entry.ts";
import type { Change } from "../core/event.ts";
import type { Leader } from "../core/state.ts";
import type { Queues, RequestKind } from "./hooks.ts";
import type { Outcome, Replica, Status } from "./interface.ts";
import { type CompleteOptions, completeOptions, type ReplicaOptions } from "./options.ts";
import { Server } from "./server.ts";

/** A replica that also shows what waits in it. */
export interface RunningReplica<Result> extends Replica<Result> {
  queues(): Queues;
  /** Stands for election now: for operators and tests. */
  campaign(): void;
}

/** Starts a server from what its storage has. It serves at once; its state machine may still be loading a snapshot. */
export function startReplica<Result>(options: ReplicaOptions<Result>): RunningReplica<Result> {
  return new LocalReplica(completeOptions(options));
}

type Refused = { readonly kind: "refused"; readonly refusal: Refusal };

class LocalReplica<Result> implements RunningReplica<Result> {
  readonly #options: CompleteOptions<Result>;
  readonly #server: Server<Result>;
  #stopping: Promise<void> | null = null;

  constructor(options: CompleteOptions<Result>) {
    this.#options = options;
    this.#server = new Server(options);
  }

  /** The bytes must not change until there is an outcome. */
  propose(command: Uint8Array): Promise<Outcome<Result>> {
    const { inbox, requests } = this.#server;
    const refused = this.#refuseAtOnce("propose", inbox.hasRoomForProposal(command));
    if (refused !== null) return Promise.resolve(refused);
    return requests.addProposal((id) => {
      inbox.addProposal({ id, data: command });
      this.#server.schedule();
    });
  }

  read(by: "quorum" | "lease"): Promise<Outcome<null>> {
    return this.#ask("read", (id) => this.#server.enqueue({ kind: "read", id, by }));
  }

  change(change: Omit<Change, "id">): Promise<Outcome<null>> {
    return this.#ask("change", (id) => this.#server.enqueue({ kind: "change", change: { ...change, id } }));
  }

  transfer(to: NodeId): Promise<Outcome<null>> {
    return this.#ask("transfer", (id) => this.#server.enqueue({ kind: "transfer", id, to }));
  }

  campaign(): void {
    if (this.#server.stopped === null) this.#server.enqueue({ kind: "campaign" });
  }

  queues(): Queues {
    return this.#server.queues();
  }

  status(): Status {
    const { node, applier, leader, stopped } = this.#server;
    const { role } = node;
    return {
      id: node.id,
      role: role.kind,
      term: node.term,
      leader,
      commit: node.commit,
      applied: applier.appliedIndex,
      lastIndex: node.log.lastIndex,
      snapshotIndex: node.snapshot.index,
      configuration: node.configurations.latest,
      ticksWithoutQuorum: node.now - (role.kind === "leader" ? this.#quorumHeardAt(role) : node.heardAt),
      stopped,
      followers: role.kind === "leader" ? followersOf(role) : [],
    };
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stop();
    return this.#stopping;
  }

  async #stop(): Promise<void> {
    const { storage, logger } = this.#options;
    const server = this.#server;
    await this.#giveLeadershipAway();
    await this.#until(() => server.requests.count === 0 && server.writes.length === 0);
    if (server.stopped !== null) return server.whenClosed();
    server.halt("it was asked to stop");
    await server.transport.close();
    await storage.close();
    logger.info({ id: server.node.id }, "this server was stopped");
  }

  async #giveLeadershipAway(): Promise<void> {
    const { node, requests } = this.#server;
    const to = node.role.kind === "leader" ? this.#mostCaughtUp(node.role) : null;
    if (to === null || this.#server.stopped !== null) return;
    let outcome: Outcome<null> | null = null;
    const answer = requests.add("transfer", (id) => this.#server.enqueue({ kind: "transfer", id, to }));
    const answered = answer.then((known) => {
      outcome = known;
      if (known.kind === "refused") this.#options.logger.warn(known.refusal, "leadership was not given away");
    });
    await Promise.race([answered, this.#until(() => outcome !== null || node.role.kind !== "leader")]);
  }

  /** Resolves at the end of a turn at which `isSo`, or the server has stopped, or two election timeouts have passed. */
  #until(isSo: () => boolean): Promise<void> {
    const { host, settings, tickMs } = this.#options;
    const deadline = host.monotonic() + 2 * settings.electionTicks * tickMs;
    const isOver = () => isSo() || this.#server.stopped !== null || host.monotonic() >= deadline;
    if (isOver()) return Promise.resolve();
    return new Promise((resolve) => {
      const unwatch = this.#server.afterTurns(() => {
        if (!isOver()) return;
        unwatch();
        resolve();
      });
    });
  }

  #mostCaughtUp(leader: Leader): NodeId | null {
    const { voters } = this.#server.node.configurations.latest;
    let best: { id: NodeId; match: number } | null = null;
    for (const id of voters) {
      const progress = leader.progress.get(id);
      if (progress !== undefined && (best === null || progress.match > best.match))
        best = { id, match: progress.match };
    }
    return best === null ? null : best.id;
  }

  #quorumHeardAt(leader: Leader): number {
    const { node } = this.#server;
    return quorumValue(node.configurations.latest, (id) =>
      id === node.id ? node.now : (leader.progress.get(id)?.heardAt ?? 0),
    );
  }

  #ask(kind: Exclude<RequestKind, "propose">, enqueue: (id: number) => void): Promise<Outcome<null>> {
    const refused = this.#refuseAtOnce(kind, true);
    return refused === null ? this.#server.requests.add(kind, enqueue) : Promise.resolve(refused);
  }

  #refuseAtOnce(kind: RequestKind, hasRoom: boolean): Refused | null {
    const { settings, limits, hooks } = this.#options;
    let refusal: Refusal | null = null;
    if (this.#server.stopped !== null) {
      refusal = { kind: "not-leader", leader: null };
    } else if (this.#stopping !== null) {
      refusal = { kind: "not-leader", leader: this.#server.leader === this.#options.id ? null : this.#server.leader };
    } else if (!hasRoom || this.#server.requests.count >= limits.outstandingMax) {
      refusal = { kind: "overloaded", retryAfterTicks: settings.heartbeatTicks };
    }
    if (refusal === null) return null;
    hooks.refused(kind, refusal.kind);
    return { kind: "refused", refusal };
  }
}

function followersOf(leader: Leader): Status["followers"] {
  const followers = [...leader.progress].map(([id, { match, state }]) => ({ id, match, state }));
  return followers.sort((one, other) => (one.id < other.id ? -1 : 1));
}
