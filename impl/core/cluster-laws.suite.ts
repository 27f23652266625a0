import type { Cluster, Life, Server } from "./cluster.suite.ts";
import { type Configuration, type Effects, type Entry, isQuorum, type NodeId } from "./index.ts";

interface CommittedEntry {
  readonly term: number;
  readonly text: string;
  /** The term of the leader that committed it. */
  readonly inTerm: number;
}

/** What servers must agree on (figure 3 of the paper), watched from outside, step by step. */
export class ClusterLaws {
  readonly #leaders = new Map<number, NodeId>();
  readonly #entries = new Map<string, string>();
  readonly #committed = new Map<number, CommittedEntry>();
  readonly #commits = new Map<NodeId, { life: Life; commit: number; configuration: Configuration }>();
  readonly #acknowledged = new Set<number>();
  /** Index of the last entry that a client was told of. */
  acknowledgedIndex = 0;

  get leaderCount(): number {
    return this.#leaders.size;
  }

  get committedCount(): number {
    return this.#committed.size;
  }

  check(cluster: Cluster, server: Server, life: Life, effects: Effects): void {
    for (const entry of effects.write?.entries ?? []) this.#checkMatching(server, life, entry);
    this.#checkElection(server, life);
    this.#checkCommit(cluster, server, life);
    this.#checkApplied(server, effects);
  }

  /** LogMatching: entries with the same index and term are the same, and so is what came before them. */
  #checkMatching({ id }: Server, { node }: Life, entry: Entry): void {
    const key = `${entry.index} of term ${entry.term}`;
    // Where a later entry of the same step has compacted the one before there is nothing to compare with.
    const text = `${node.log.termAt(entry.index - 1)} ${textOf(entry)}`;
    const known = this.#entries.get(key);
    if (known !== undefined && known !== text)
      throw new Error(`LogMatching: ${id} has ${text} as ${key}, not ${known}`);
    this.#entries.set(key, text);
  }

  /** ElectionSafety: one leader a term. LeaderCompleteness: it has all that was committed in terms before. */
  #checkElection({ id }: Server, { node }: Life): void {
    if (node.role.kind !== "leader") return;
    const known = this.#leaders.get(node.term);
    if (known === id) return;
    if (known !== undefined) throw new Error(`ElectionSafety: ${known} and ${id} lead in term ${node.term}`);
    this.#leaders.set(node.term, id);
    for (const [index, { term, inTerm }] of this.#committed) {
      if (inTerm >= node.term || index <= node.log.baseIndex) continue;
      if (node.log.termAt(index) !== term) throw new Error(`LeaderCompleteness: ${id} leads and lacks entry ${index}`);
    }
  }

  /** StateMachineSafety, and that a quorum would find what is committed after a crash of all. */
  #checkCommit(cluster: Cluster, { id }: Server, life: Life): void {
    const { node } = life;
    const before = this.#commits.get(id);
    const from = before?.life === life ? before.commit : 0;
    for (let index = from + 1; index <= node.commit; index += 1) {
      const entry = node.log.entryAt(index);
      if (entry === undefined) continue;
      const known = this.#committed.get(index);
      const text = textOf(entry);
      if (known === undefined) {
        const configurations = [before?.configuration ?? node.configurations.latest, node.configurations.latest];
        this.#checkQuorum(cluster, id, entry, configurations);
        this.#committed.set(index, { term: entry.term, text, inTerm: node.term });
      } else if (known.term !== entry.term || known.text !== text) {
        throw new Error(`StateMachineSafety: ${id} commits ${text} at ${index}, where ${known.text} was committed`);
      }
    }
    const { snapshot } = node;
    const known = this.#committed.get(snapshot.index);
    if (known !== undefined && known.term !== snapshot.term) {
      throw new Error(`StateMachineSafety: ${id} has a snapshot of term ${snapshot.term}, not ${known.term}`);
    }
    this.#commits.set(id, { life, commit: node.commit, configuration: node.configurations.latest });
  }

  #checkQuorum(cluster: Cluster, id: NodeId, entry: Entry, configurations: readonly Configuration[]): void {
    const holds = (member: NodeId) => cluster.server(member).disk.holds(entry);
    if (configurations.some((configuration) => isQuorum(configuration, holds))) return;
    throw new Error(`CommittedIsDurable: ${id} commits entry ${entry.index}, and no quorum has it on disk`);
  }

  #checkApplied({ id }: Server, effects: Effects): void {
    for (const { entry, proposal } of effects.apply) {
      const known = this.#committed.get(entry.index);
      if (known?.text !== textOf(entry)) throw new Error(`${id} applies entry ${entry.index}, which is not committed`);
      if (proposal === null) continue;
      if (this.#acknowledged.has(proposal)) throw new Error(`proposal ${proposal} is acknowledged twice`);
      this.#acknowledged.add(proposal);
      this.acknowledgedIndex = Math.max(this.acknowledgedIndex, entry.index);
    }
  }
}

function textOf(entry: Entry): string {
  return JSON.stringify(entry, (_, value) => (value instanceof Uint8Array ? [...value] : value));
}
