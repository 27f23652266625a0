import type { NodeId } from "./entry.ts";
import type { Event } from "./event.ts";
import type { ChunkAccepted } from "./message.ts";
import { send } from "./outbox.ts";
import { type Progress, probeFrom, type SnapshotTransfer } from "./progress.ts";
import type { Leader, Node } from "./state.ts";

/**
 * A follower needs what is compacted away: it gets the latest snapshot, one piece after the other, and all followers
 * together no more in a tick than the settings allow, so that catching up does not drown what is going on.
 */
export function beginSnapshot(node: Node, leader: Leader, id: NodeId, progress: Progress): void {
  probeFrom(progress, progress.next);
  progress.state = "snapshot";
  progress.transfer = { index: node.snapshot.index, offset: 0, state: "due", since: node.now };
  readNext(node, leader, id, progress.transfer);
}

/** At every tick: there is room again, and what nobody answered is sent again. */
export function continueSnapshots(node: Node, leader: Leader): void {
  leader.chunkBudget = node.settings.snapshotBytesPerTick;
  for (const [id, { transfer, heardAt }] of leader.progress) {
    if (transfer === null) continue;
    // To whoever is silent nothing is sent; a piece or its answer may have been lost.
    const isLost = transfer.state !== "due" && node.now - transfer.since >= node.settings.electionTicks;
    if (isLost && heardAt > transfer.since) transfer.state = "due";
    readNext(node, leader, id, transfer);
  }
}

function readNext(node: Node, leader: Leader, id: NodeId, transfer: SnapshotTransfer): void {
  if (transfer.state !== "due" || leader.chunkBudget <= 0) return;
  const sizeMax = Math.min(node.settings.chunkBytesMax, leader.chunkBudget);
  leader.chunkBudget -= sizeMax;
  transfer.state = "reading";
  transfer.since = node.now;
  node.out.chunkReads.push({ to: id, index: transfer.index, offset: transfer.offset, sizeMax });
}

export function chunkRead(node: Node, event: Extract<Event, { kind: "chunk-read" }>): void {
  if (node.role.kind !== "leader") return;
  const progress = node.role.progress.get(event.to);
  const transfer = progress?.transfer ?? null;
  if (progress === undefined || transfer === null) return;
  const isAskedFor = transfer.state === "reading" && transfer.index === event.index && transfer.offset === event.offset;
  if (!isAskedFor) return;
  // The snapshot that it began with may be gone by now; the newer one is as good.
  if (event.data === null || node.snapshot.index !== event.index) {
    beginSnapshot(node, node.role, event.to, progress);
    return;
  }
  transfer.state = "sent";
  transfer.since = node.now;
  const { offset, data, isLast } = event;
  send(node, event.to, { kind: "snapshot-chunk", snapshot: node.snapshot, offset, data, isLast });
}

export function chunkAccepted(node: Node, leader: Leader, message: ChunkAccepted): void {
  const progress = leader.progress.get(message.from);
  if (progress === undefined) return;
  progress.heardAt = node.now;
  const { transfer } = progress;
  if (transfer === null || transfer.index !== message.index || transfer.state !== "sent") return;
  // The piece that is on its way is what it wants: the answer to the one before came twice. Each such answer would set
  // off another train of pieces beside this one.
  if (message.offset === transfer.offset) return;
  transfer.offset = message.offset;
  transfer.state = "due";
  readNext(node, leader, message.from, transfer);
}
