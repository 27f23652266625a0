import { advanceCommit } from "./commitment.ts";
import { entrySize, type NodeId } from "./entry.ts";
import { promoteIfReady } from "./membership.ts";
import type { AppendAccepted, AppendRefused } from "./message.ts";
import { send } from "./outbox.ts";
import { type Progress, probeFrom } from "./progress.ts";
import { beginSnapshot } from "./snapshot-sending.ts";
import type { Leader, Node } from "./state.ts";
import { sendTimeoutNowIfReady } from "./transfer.ts";

/** Sends every member what it lacks, as far as its window allows. */
export function sendAppends(node: Node, leader: Leader): void {
  for (const [id, progress] of leader.progress) sendAppendsTo(node, leader, id, progress);
}

export function sendAppendsTo(node: Node, leader: Leader, id: NodeId, progress: Progress): void {
  while (progress.state !== "snapshot" && progress.next <= node.log.lastIndex && hasRoom(node, progress)) {
    if (!sendAppend(node, leader, id, progress)) return;
  }
}

function hasRoom(node: Node, { state, isPaused, window }: Progress): boolean {
  if (state === "probe") return !isPaused;
  return window.entries < node.settings.windowEntriesMax && window.bytes < node.settings.windowBytesMax;
}

/**
 * One request from `next` on, with as many entries as fit, or none. Says whether there was anything to send from: where
 * it is compacted away a snapshot begins instead.
 */
function sendAppend(node: Node, leader: Leader, id: NodeId, progress: Progress): boolean {
  const { log, settings, commit } = node;
  const prevIndex = progress.next - 1;
  const prevTerm = log.termAt(prevIndex);
  if (prevTerm === undefined) {
    beginSnapshot(node, leader, id, progress);
    return false;
  }
  const entries = log.batch(progress.next, settings.messageEntriesMax, settings.messageBytesMax);
  send(node, id, { kind: "append-request", prevIndex, prevTerm, entries, commit });
  if (progress.state === "probe") {
    progress.isPaused = true;
    return true;
  }
  if (entries.length > 0) {
    let bytes = 0;
    for (const entry of entries) bytes += entrySize(entry);
    progress.next += entries.length;
    progress.window.sent(progress.next - 1, entries.length, bytes);
  }
  return true;
}

export function appendAccepted(node: Node, leader: Leader, message: AppendAccepted): void {
  const progress = leader.progress.get(message.from);
  if (progress === undefined) return;
  progress.heardAt = node.now;
  // Answers may come late and in any order: what a follower has it keeps, in this term.
  if (message.matchIndex > progress.match) progress.match = message.matchIndex;
  progress.next = Math.max(progress.next, progress.match + 1);
  progress.window.acceptedTo(message.matchIndex);
  if (progress.state === "probe" || leavesSnapshot(progress)) {
    probeFrom(progress, progress.match + 1);
    progress.state = "replicate";
  }
  advanceCommit(node, leader);
  // What was committed may be that this server leads no longer, or that the sender has left.
  if (node.role !== leader || leader.progress.get(message.from) !== progress) return;
  sendAppendsTo(node, leader, message.from, progress);
  promoteIfReady(node, leader);
  sendTimeoutNowIfReady(node, leader);
}

/** A snapshot has done what it was for when the log reaches to where it ends. */
function leavesSnapshot(progress: Progress): boolean {
  return progress.state === "snapshot" && progress.transfer !== null && progress.match >= progress.transfer.index;
}

/** The logs part before `prevIndex`: goes back past all entries of the conflicting term at once (section 5.3). */
export function appendRefused(node: Node, leader: Leader, message: AppendRefused): void {
  const progress = leader.progress.get(message.from);
  if (progress === undefined) return;
  progress.heardAt = node.now;
  const isLate =
    progress.state === "snapshot" ||
    message.prevIndex <= progress.match ||
    (progress.state === "probe" && message.prevIndex !== progress.next - 1);
  if (isLate) return;
  const agreed = node.log.lastIndexOfTerm(message.hintTerm, Math.min(message.hintIndex, message.prevIndex - 1));
  probeFrom(progress, Math.max(agreed, progress.match) + 1);
  sendAppend(node, leader, message.from, progress);
}

/** Asks again after a loss. The window may be full of what was lost, so nothing is added to it: a question will do. */
export function askAgain(node: Node, leader: Leader, id: NodeId, progress: Progress): void {
  if (progress.state === "replicate") {
    const prevIndex = progress.next - 1;
    const prevTerm = node.log.termAt(prevIndex);
    if (prevTerm === undefined) {
      beginSnapshot(node, leader, id, progress);
      return;
    }
    send(node, id, { kind: "append-request", prevIndex, prevTerm, entries: [], commit: node.commit });
    return;
  }
  sendAppend(node, leader, id, progress);
}
