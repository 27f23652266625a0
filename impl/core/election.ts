import { type Configuration, isQuorum, isVoter, membersOf } from "./configuration.ts";
import { stallTicks } from "./durability.ts";
import { drawElectionTimeout } from "./election-timer.ts";
import { becomeLeader } from "./leadership.ts";
import type { PreVoteResponse, TimeoutNow, VoteResponse } from "./message.ts";
import { send, sendWhenDurable } from "./outbox.ts";
import type { Candidate, Node } from "./state.ts";
import { hearsLeader } from "./vote.ts";

/**
 * Stands for election. By default it asks first whether it would be elected; `forced` does without, and `transfer`
 * tells the voters that their leader wants it.
 */
export function campaign(node: Node, how: "ask-first" | "forced" | "transfer"): void {
  if (node.role.kind === "leader") return;
  drawElectionTimeout(node);
  if (!mayStand(node)) return;
  // A lease may rest on this server, so it stands no sooner than it would let others; the leader itself may ask for it.
  if (how === "forced" && node.settings.clockDriftMax !== null && hearsLeader(node)) return;
  // Whoever cannot write cannot lead.
  if (stallTicks(node) > node.settings.electionTicks) return;
  if (how === "ask-first") becomePreCandidate(node);
  else becomeCandidate(node, how === "transfer");
}

/**
 * A voter may, and so may one that is about to leave: until that is committed it may be the only one whose log the
 * others accept (section 4.2.2 of the thesis). Its own vote counts only where it is a voter.
 */
function mayStand({ id, configurations, commit }: Node): boolean {
  const { latest, latestIndex, previous } = configurations;
  return isVoter(latest, id) || (latestIndex > commit && isVoter(previous, id));
}

function becomePreCandidate(node: Node): void {
  const votes = new Map([[node.id, true]]);
  node.role = { kind: "pre-candidate", votes };
  node.observer.followed("Timeout", node, null);
  const { lastIndex, lastTerm } = node.log;
  for (const id of otherVoters(node)) {
    send(node, id, { kind: "pre-vote-request", lastIndex, lastTerm }, node.term + 1);
  }
  if (isWon(node.configurations.latest, votes)) becomeCandidate(node, false);
}

function becomeCandidate(node: Node, transfer: boolean): void {
  node.term += 1;
  node.votedFor = node.id;
  node.out.hardStateChanged = true;
  node.role = { kind: "candidate", votes: new Map(), voteWrite: node.durability.asked + 1 };
  node.observer.followed("BecomeCandidate", node, null);
  const { lastIndex, lastTerm } = node.log;
  for (const id of otherVoters(node)) {
    sendWhenDurable(node, id, { kind: "vote-request", lastIndex, lastTerm, transfer });
  }
}

export function countPreVote(node: Node, message: PreVoteResponse): void {
  const { role } = node;
  if (role.kind !== "pre-candidate" || (message.granted && message.term !== node.term + 1)) return;
  role.votes.set(message.from, message.granted);
  if (isWon(node.configurations.latest, role.votes)) becomeCandidate(node, false);
}

/** The vote for oneself counts when it is durable, as those of others do. */
export function countOwnVote(node: Node, candidate: Candidate, writtenTo: number): void {
  if (writtenTo < candidate.voteWrite) return;
  candidate.votes.set(node.id, true);
  if (isWon(node.configurations.latest, candidate.votes)) becomeLeader(node);
}

/** Only votes of the current term come here; older ones were left at the door. */
export function countVote(node: Node, message: VoteResponse): void {
  const { role } = node;
  if (role.kind !== "candidate") return;
  role.votes.set(message.from, message.granted);
  if (isWon(node.configurations.latest, role.votes)) becomeLeader(node);
}

/** The leader wants this server to take over, at once (section 3.10 of the thesis). */
export function timeoutNow(node: Node, message: TimeoutNow): void {
  if (node.role.kind === "follower" && node.role.leader === message.from) campaign(node, "transfer");
}

function isWon(configuration: Configuration, votes: ReadonlyMap<string, boolean>): boolean {
  return isQuorum(configuration, (id) => votes.get(id) === true);
}

function otherVoters(node: Node): string[] {
  const configuration = node.configurations.latest;
  return membersOf(configuration).filter((id) => id !== node.id && isVoter(configuration, id));
}
