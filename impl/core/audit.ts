import { type Configuration, membersOf } from "./configuration.ts";
import type { Effects, Write } from "./effects.ts";
import type { NodeId } from "./entry.ts";
import type { Message } from "./message.ts";
import type { Leader, Node } from "./state.ts";

/**
 * What must be true of one server after every step, and between two. It costs little and is on in every test and in
 * every simulation. What it finds is a mistake of ours, so it throws.
 *
 * What several servers must agree on, as election safety or log matching, cannot be seen from one of them.
 */
export class Audit {
  readonly #node: Node;
  #before: Before;

  /** `node` has just started. */
  constructor(node: Node) {
    this.#node = node;
    this.#before = summaryOf(node);
    checkState(node);
  }

  /** To be called after every step, with what it asked for. */
  check(effects: Effects): void {
    const before = this.#before;
    const after = summaryOf(this.#node);
    checkState(this.#node);
    checkDelta(this.#node, before, after);
    checkEffects(this.#node, before, after, effects);
    this.#before = after;
  }
}

/** What the checks between two states need of the first one. */
interface Before {
  readonly term: number;
  readonly votedFor: NodeId | null;
  readonly role: Node["role"];
  readonly lastIndex: number;
  readonly lastTerm: number;
  readonly commit: number;
  readonly commitTerm: number | undefined;
  readonly applied: number;
  readonly snapshotIndex: number;
  readonly asked: number;
  readonly matches: ReadonlyMap<NodeId, number> | null;
}

function summaryOf(node: Node): Before {
  const { role, log } = node;
  const matches = role.kind === "leader" ? new Map<NodeId, number>() : null;
  if (role.kind === "leader") for (const [id, { match }] of role.progress) matches?.set(id, match);
  return {
    term: node.term,
    votedFor: node.votedFor,
    role,
    lastIndex: log.lastIndex,
    lastTerm: log.lastTerm,
    commit: node.commit,
    commitTerm: log.termAt(node.commit),
    applied: node.applied,
    snapshotIndex: node.snapshot.index,
    asked: node.durability.asked,
    matches,
  };
}

function checkState(node: Node): void {
  const { log, commit, applied, snapshot, durability, role } = node;
  demand(node, log.lastTerm <= node.term, "the log has no entry of a term to come");
  demand(node, commit <= log.lastIndex, "what is committed is in the log");
  demand(node, applied <= commit, "what is applied is committed");
  demand(node, applied <= Math.max(durability.index, snapshot.index), "what is applied is durable");
  demand(node, snapshot.index <= applied, "a snapshot is of what was applied");
  demand(node, log.baseIndex <= snapshot.index, "what is compacted away is in the snapshot");
  demand(node, durability.index <= log.lastIndex, "what is durable is in the log");
  demand(
    node,
    log.entryAt(log.lastIndex)?.index === log.lastIndex || log.lastIndex === log.baseIndex,
    "indexes have no gap",
  );
  demand(node, node.electionAt <= node.now + 2 * node.settings.electionTicks, "an election timeout is bounded");
  if (role.kind === "candidate" || role.kind === "leader") {
    demand(node, node.votedFor === node.id, "a candidate and a leader have voted for themselves");
  }
  if (role.kind === "leader") checkLeader(node, role);
}

function checkLeader(node: Node, leader: Leader): void {
  const { settings, log } = node;
  demand(
    node,
    sameMembers(node.configurations.latest, node.id, leader),
    "a leader tracks the other members, and nobody else",
  );
  demand(
    node,
    leader.uncommittedBytes > 0 === node.commit < log.lastIndex,
    "uncommitted bytes are those of uncommitted entries",
  );
  demand(
    node,
    leader.leaseUntil === 0 || settings.clockDriftMax !== null,
    "there is no lease without a bound on drift",
  );
  demand(node, leader.reads.size <= settings.readsWaitingMax, "waiting reads are bounded");
  for (const progress of leader.progress.values()) {
    demand(node, progress.match < progress.next, "what is matched is not sent again");
    demand(node, progress.match <= log.lastIndex, "what is matched is in the leader's log");
    demand(node, progress.next <= log.lastIndex + 1, "what is sent is in the leader's log");
    demand(node, progress.round <= leader.round, "no round is answered before it begins");
    demand(
      node,
      progress.window.entries < settings.windowEntriesMax + settings.messageEntriesMax,
      "a window is bounded",
    );
  }
}

function sameMembers(configuration: Configuration, self: NodeId, leader: Leader): boolean {
  const others = membersOf(configuration).filter((id) => id !== self);
  return others.length === leader.progress.size && others.every((id) => leader.progress.has(id));
}

function checkDelta(node: Node, before: Before, after: Before): void {
  demand(node, after.term >= before.term, "terms never go back");
  if (after.term === before.term) {
    const sameVote = before.votedFor === null || after.votedFor === before.votedFor;
    demand(node, sameVote, "a vote is given once in a term");
  }
  demand(node, after.commit >= before.commit, "the commit index never goes back");
  demand(node, after.applied >= before.applied, "nothing is applied twice");
  demand(node, after.snapshotIndex >= before.snapshotIndex, "snapshots never go back");
  const term = node.log.termAt(before.commit);
  demand(node, term === undefined || term === before.commitTerm, "what is committed stays");
  if (before.role.kind === "leader" && after.term === before.term) {
    demand(
      node,
      after.role.kind === "leader" || after.role.kind === "follower",
      "a leader never stands in its own term",
    );
  }
  if (after.role.kind === "leader" && after.role === before.role) {
    demand(node, node.log.termAt(before.lastIndex) === before.lastTerm, "a leader only appends to its own log");
    for (const [id, match] of after.matches ?? []) {
      demand(node, match >= (before.matches?.get(id) ?? 0), "what a follower has matched it keeps");
    }
  }
}

function checkEffects(node: Node, before: Before, after: Before, effects: Effects): void {
  const { write } = effects;
  const isHardStateNew = after.term !== before.term || after.votedFor !== before.votedFor;
  demand(node, !isHardStateNew || write?.hardState != null, "a new term or vote is written");
  demand(node, (write?.number ?? before.asked) === after.asked, "writes are numbered without a gap");
  if (write !== null) checkWrite(node, write);
  let index = before.applied;
  if (effects.restore !== null || after.snapshotIndex > before.applied) index = Math.max(index, after.snapshotIndex);
  for (const { entry } of effects.apply) {
    index += 1;
    demand(node, entry.index === index, "entries are applied in order, each once");
  }
  for (const message of effects.sends) checkMessage(node, message);
}

function checkWrite(node: Node, write: Write): void {
  for (const message of write.sendsAfter) checkMessage(node, message);
  for (const [i, entry] of write.entries.entries()) {
    const prev = write.entries[i - 1];
    demand(node, prev === undefined || prev.index + 1 === entry.index, "entries are written without a gap");
    demand(node, node.log.termAt(entry.index) === entry.term, "what is written is in the log");
  }
}

function checkMessage(node: Node, message: Message): void {
  demand(node, message.from === node.id && message.to !== node.id, "messages go to others");
  const isOfNextTerm = message.kind === "pre-vote-request" || (message.kind === "pre-vote-response" && message.granted);
  demand(node, isOfNextTerm || message.term <= node.term, "messages are of the sender's term");
  if (message.kind === "vote-response" && message.granted) {
    demand(node, node.votedFor === message.to, "who is granted a vote has it");
  }
}

function demand(node: Node, isTrue: boolean, rule: string): void {
  if (isTrue) return;
  const { id, term, commit, applied, log } = node;
  const where = `term ${term}, commit ${commit}, applied ${applied}, last index ${log.lastIndex}`;
  throw new Error(`Server ${id} broke a rule in its step: ${rule} (${node.role.kind}, ${where}).`);
}
