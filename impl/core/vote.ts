import { drawElectionTimeout } from "./election-timer.ts";
import type { PreVoteRequest, VoteRequest } from "./message.ts";
import { send, sendWhenDurable } from "./outbox.ts";
import type { Node } from "./state.ts";

/**
 * RequestVote (sections 5.2 and 5.4.1 of the paper). One vote a term, first come first served, and only for a log that
 * is at least as up-to-date as one's own. The vote leaves when it is durable.
 */
export function answerVote(node: Node, message: VoteRequest): void {
  const isFree = node.votedFor === null || node.votedFor === message.from;
  const granted = isFree && !mustProtectLeader(node, message) && isUpToDate(node, message.lastIndex, message.lastTerm);
  if (granted) {
    if (node.votedFor === null) {
      node.votedFor = message.from;
      node.out.hardStateChanged = true;
    }
    drawElectionTimeout(node);
  }
  sendWhenDurable(node, message.from, { kind: "vote-response", granted });
  node.observer.followed(granted ? "GrantVote" : "RefuseVote", node, message);
}

/** Whether this server would vote for the sender in the term that it would begin. It binds nobody. */
export function answerPreVote(node: Node, message: PreVoteRequest): void {
  const granted =
    message.term > node.term && !hearsLeader(node) && isUpToDate(node, message.lastIndex, message.lastTerm);
  send(node, message.from, { kind: "pre-vote-response", granted }, granted ? message.term : node.term);
}

/**
 * While a leader is heard from, nobody else is helped to depose it, nor does a stranger's term count (section 6 of the
 * paper, 4.2.3 of the thesis). Reads by lease rest on this. A leader that hands over has asked for it itself.
 *
 * It holds in the candidate's term too: this server may have learned of that term from another message.
 */
export function mustProtectLeader(node: Node, message: VoteRequest): boolean {
  return !message.transfer && hearsLeader(node);
}

/** Whether a leader was heard from less than an election timeout ago, by this server's clock. */
export function hearsLeader(node: Node): boolean {
  return node.role.kind === "leader" || node.now - node.heardAt < node.settings.electionTicks;
}

/** The later last term wins; with the same term the longer log (section 5.4.1). */
function isUpToDate(node: Node, lastIndex: number, lastTerm: number): boolean {
  const { log } = node;
  return lastTerm > log.lastTerm || (lastTerm === log.lastTerm && lastIndex >= log.lastIndex);
}
