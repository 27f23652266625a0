import {
  type BoundMessage,
  type Configuration,
  type Effects,
  type Entry,
  type Node,
  noConfiguration,
} from "../../core/index.ts";
import type { Server } from "../server.ts";
import { checkAcknowledgedIsCommitted } from "./acknowledged-is-committed.ts";
import { checkCommitsOwnTerm } from "./commits-own-term.ts";
import { checkCommittedIsDurable } from "./committed-is-durable.ts";
import { checkCommittedIsKept } from "./committed-is-kept.ts";
import { checkConfigurationOfLog } from "./configuration-of-log.ts";
import { ElectionSafety } from "./election-safety.ts";
import { Committed, LogChain } from "./facts.ts";
import { checkLeaderAppendOnly } from "./leader-append-only.ts";
import { checkLeaderCompleteness } from "./leader-completeness.ts";
import { LogMatching } from "./log-matching.ts";
import { checkMonotonic } from "./monotonic.ts";
import { OneVotePerTerm } from "./one-vote-per-term.ts";
import { checkPromiseIsDurable } from "./promise-is-durable.ts";
import { StateMachineSafety } from "./state-machine-safety.ts";
import { Violation } from "./violation.ts";

/** What was seen of a server at the end of its last step. */
interface Seen {
  readonly log: LogChain;
  term: number;
  commit: number;
  applied: number;
  /** The term in which it leads; 0 where it does not. */
  leads: number;
  configuration: Configuration;
}

/**
 * Watches the whole cluster. Each check costs what has changed: it looks at entries when they are appended, at logs when
 * a leader is elected, at disks when something is committed. Every method throws `Violation`.
 */
export class Watch {
  readonly committed = new Committed();
  readonly #byId: ReadonlyMap<string, Server>;
  readonly #seen: readonly Seen[];
  readonly #electionSafety = new ElectionSafety();
  readonly #oneVotePerTerm = new OneVotePerTerm();
  readonly #logMatching = new LogMatching();
  readonly #stateMachineSafety = new StateMachineSafety();

  constructor(servers: readonly Server[]) {
    this.#byId = new Map(servers.map((server) => [server.id, server]));
    this.#seen = servers.map(() => ({
      log: new LogChain(),
      term: 0,
      commit: 0,
      applied: 0,
      leads: 0,
      configuration: noConfiguration,
    }));
  }

  get elections(): number {
    return this.#electionSafety.count;
  }

  /** The process has started with what its disk had. */
  started(server: Server, node: Node, image: Uint8Array): void {
    const seen = this.#seenOf(server);
    const { snapshot, entries } = server.disk.view;
    this.#beginAfter(server, seen.log, snapshot.index, snapshot.term);
    for (const entry of entries) if (entry.index > snapshot.index) this.#append(server, seen.log, entry);
    if (snapshot.index > 0) this.#stateMachineSafety.image(server.id, snapshot.index, image);
    seen.term = node.term;
    seen.commit = node.commit;
    seen.applied = node.applied;
    seen.leads = 0;
    seen.configuration = node.configurations.latest;
  }

  stopped(server: Server): void {
    this.#seenOf(server).leads = 0;
  }

  /** The server has taken a step, and nothing was done yet about its effects. */
  stepped(server: Server, node: Node, { write }: Effects): void {
    const seen = this.#seenOf(server);
    const leads = node.role.kind === "leader" ? node.term : 0;
    if (write !== null) {
      if (write.truncateFrom > 0) {
        checkLeaderAppendOnly(server.id, seen.leads, leads, write.truncateFrom);
        checkCommittedIsKept(server.id, node.term, seen.log, this.committed, write.truncateFrom);
        seen.log.truncateFrom(write.truncateFrom);
      }
      for (const entry of write.entries) this.#append(server, seen.log, entry);
      if (write.chunk?.isLast === true) {
        const kept = write.chunk.snapshot.index;
        checkCommittedIsKept(server.id, node.term, seen.log, this.committed, kept + 1);
        this.#beginAfter(server, seen.log, write.chunk.snapshot.index, write.chunk.snapshot.term);
      }
    }
    if (seen.log.lastIndex !== node.log.lastIndex) {
      const what = `the log of ${server.id} ends at ${node.log.lastIndex}, and what it wrote at ${seen.log.lastIndex}`;
      throw new Violation("LogIsWritten", server.id, what);
    }
    checkConfigurationOfLog(server.id, node.configurations.latestIndex, seen.log);
    checkMonotonic(server.id, "term", seen.term, node.term);
    checkMonotonic(server.id, "commit index", seen.commit, node.commit);
    checkMonotonic(server.id, "applied index", seen.applied, node.applied);
    if (leads > 0 && leads !== seen.leads) {
      this.#electionSafety.elected(server.id, leads);
      checkLeaderCompleteness(server.id, leads, seen.log, this.committed);
    }
    if (node.commit > seen.commit) this.#commit(server, node, seen);
    seen.term = node.term;
    seen.commit = node.commit;
    seen.applied = node.applied;
    seen.leads = leads;
    seen.configuration = node.configurations.latest;
  }

  /** A message that promises something leaves. */
  promised(server: Server, message: BoundMessage): void {
    this.#oneVotePerTerm.sent(message);
    checkPromiseIsDurable(message, server.disk.view);
  }

  applied(server: Server, entry: Entry): void {
    this.#stateMachineSafety.applied(server.id, server.applied, entry.index, this.#seenOf(server).log, this.committed);
  }

  acknowledged(server: Server, index: number): void {
    checkAcknowledgedIsCommitted(server.id, index, this.committed);
  }

  imageTaken(server: Server, image: Uint8Array): void {
    this.#stateMachineSafety.image(server.id, server.applied, image);
  }

  restored(server: Server, image: Uint8Array): void {
    this.#stateMachineSafety.image(server.id, server.applied, image);
  }

  #commit(server: Server, node: Node, { log, configuration, leads }: Seen): void {
    const { committed } = this;
    const known = Math.min(node.commit, committed.lastIndex);
    const link = log.linkAt(known);
    if (link !== undefined && link !== committed.linkAt(known)) {
      const what = `${server.id} takes entry ${known} for committed, and another one was committed there`;
      throw new Violation("StateMachineSafety", server.id, what);
    }
    if (node.commit <= committed.lastIndex) return;
    checkCommittedIsDurable({
      server: server.id,
      // One that commits its own removal leads no longer at the end of the step.
      isLeader: leads > 0 || node.role.kind === "leader",
      index: node.commit,
      term: log.termAt(node.commit) ?? -1,
      configurations: [configuration, node.configurations.latest],
      isDurableAt: (id) => this.#holds(id, node.commit, log.termAt(node.commit) ?? -1),
    });
    checkCommitsOwnTerm(server.id, node.commit, log.termAt(node.commit) ?? -1, node.term);
    for (let index = committed.lastIndex + 1; index <= node.commit; index += 1) {
      committed.append(log.termAt(index) ?? -1, log.linkAt(index) ?? -1, node.term);
    }
  }

  #holds(id: string, index: number, term: number): boolean {
    return this.#byId.get(id)?.disk.stands(index, term) ?? false;
  }

  #append(server: Server, log: LogChain, entry: Entry): void {
    if (entry.index !== log.lastIndex + 1) {
      const what = `${server.id} writes entry ${entry.index} after entry ${log.lastIndex}`;
      throw new Violation("LogIsWritten", server.id, what);
    }
    this.#logMatching.appended(server.id, entry.index, entry.term, log.append(entry));
  }

  /** What a snapshot stands for is committed, and ends with the entry that was committed there. */
  #beginAfter(server: Server, log: LogChain, index: number, term: number): void {
    const link = this.committed.linkAt(index);
    if (link === undefined || this.committed.termAt(index) !== term) {
      const what = `${server.id} has a snapshot at entry ${index} of term ${term}, where no such entry was committed`;
      throw new Violation("SnapshotIsCommitted", server.id, what);
    }
    log.reset(index, term, link);
  }

  #seenOf({ index }: Server): Seen {
    return this.#seen[index] as Seen;
  }
}
