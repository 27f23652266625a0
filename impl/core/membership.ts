import { handOver } from "./application.ts";
import { advanceCommit } from "./commitment.ts";
import { type Configuration, isChanging, isJoint, isVoter } from "./configuration.ts";
import type { Refusal } from "./effects.ts";
import type { NodeId } from "./entry.ts";
import type { Change } from "./event.ts";
import { trackMembers } from "./leadership.ts";
import { changeProblem, firstStep, withoutLearners } from "./membership-plan.ts";
import { refuse } from "./outbox.ts";
import { appendOwn } from "./own-log.ts";
import { notLeader } from "./proposals.ts";
import { sendAppends } from "./replication.ts";
import type { Leader, Node } from "./state.ts";
import { becomeFollower } from "./term.ts";
import { failTransfer } from "./transfer.ts";

/**
 * Changes the members by joint consensus (section 6 of the paper), one change at a time: first the new ones are learners,
 * then old and new voters decide together, then the new ones alone. Each configuration is in force as soon as it is in
 * the log. Whoever leads goes on with a change that it finds there.
 */
export function changeMembers(node: Node, change: Change): void {
  const { role } = node;
  if (role.kind !== "leader") {
    refuse(node, change.id, notLeader(node));
    return;
  }
  const refusal = refusalOf(node, role, change);
  if (refusal !== null) {
    refuse(node, change.id, refusal);
    return;
  }
  const { latest } = node.configurations;
  if (role.change !== null) node.out.answers.push({ kind: "unknown", id: role.change, leader: node.id });
  role.change = change.id;
  append(node, role, isChanging(latest) ? withoutLearners(latest, change.remove) : firstStep(latest, change));
}

function refusalOf(node: Node, leader: Leader, change: Change): Refusal | null {
  const { latest, latestIndex } = node.configurations;
  if (leader.transfer !== null) return { kind: "transferring", to: leader.transfer.to };
  // An entry of the own term must be committed first, or two leaders could each change what the other counts with.
  if (node.commit < leader.firstIndex) return { kind: "not-ready", retryAfterTicks: node.settings.heartbeatTicks };
  if (latestIndex > node.commit) return { kind: "change-in-progress" };
  if (isChanging(latest) && !givesUpLearners(latest, change)) return { kind: "change-in-progress" };
  const why = changeProblem(latest, change);
  return why === null ? null : { kind: "invalid-change", why };
}

/** A new server that never catches up would hold up a change for ever: it may be taken out of it. */
function givesUpLearners(latest: Configuration, { add, addLearners, remove }: Change): boolean {
  const isOnlyRemoval = add.length === 0 && addLearners.length === 0 && remove.length > 0;
  return isOnlyRemoval && !isJoint(latest) && remove.every((id) => latest.learners.includes(id));
}

/** The last configuration in the log is committed: takes the step after it. */
export function configurationCommitted(node: Node, leader: Leader): void {
  const { latest } = node.configurations;
  if (isJoint(latest)) {
    append(node, leader, { ...latest, outgoing: [], contacts: contactsOf(latest, latest.voters) });
    return;
  }
  if (isChanging(latest)) {
    promoteIfReady(node, leader);
    return;
  }
  if (leader.change !== null) node.out.answers.push({ kind: "changed", id: leader.change });
  leader.change = null;
  // It led until its own removal was committed; the others elect another.
  if (isVoter(latest, node.id)) return;
  failTransfer(node, leader);
  // Whoever proposed what is committed along with it learns so: this server knows, and will not be asked again.
  handOver(node);
  becomeFollower(node, null);
}

/**
 * Makes voters of the learners that were added for it, when all of them have caught up: with what is committed, because
 * under load nobody ever has all that a leader has just taken. Where the log is short, one that was never heard of lags
 * by little too: as a voter, a server with a wrong address could take the quorum from the others for ever.
 */
export function promoteIfReady(node: Node, leader: Leader): void {
  const { latest, latestIndex } = node.configurations;
  const isDue = !isJoint(latest) && isChanging(latest) && latestIndex <= node.commit && node.role === leader;
  if (!isDue || leader.transfer !== null || node.commit < leader.firstIndex) return;
  const lag = node.settings.promotionLagMax;
  const isReady = latest.promoting.every((id) => {
    const match = leader.progress.get(id)?.match ?? 0;
    return match > 0 && match + lag >= node.commit;
  });
  if (isReady) append(node, leader, jointOf(latest));
}

function jointOf(latest: Configuration): Configuration {
  const voters = [...latest.voters.filter((id) => !latest.removing.includes(id)), ...latest.promoting].sort();
  const learners = latest.learners.filter((id) => !latest.promoting.includes(id));
  return { ...latest, voters, learners, outgoing: latest.voters, promoting: [], removing: [] };
}

/** The contacts of those that stay. */
function contactsOf(latest: Configuration, voters: readonly NodeId[]): Record<NodeId, string> {
  const staying = Object.entries(latest.contacts).filter(([id]) => voters.includes(id) || latest.learners.includes(id));
  return Object.fromEntries(staying);
}

function append(node: Node, leader: Leader, configuration: Configuration): void {
  const index = appendOwn(node, leader, { kind: "configuration", configuration });
  trackMembers(node, leader, index);
  node.observer.followed("ChangeConfiguration", node, null);
  sendAppends(node, leader);
  advanceCommit(node, leader);
}
