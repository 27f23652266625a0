import { type Committed, type Effects, type Event, type Message, step, type Write } from "../core/index.ts";
import { answered, answerRequest, appliedRequest, readyRequest } from "./requests.ts";
import type { Server } from "./server.ts";
import { CHUNK_READ, IMAGE_SAVED, MESSAGE, SYNCED, type World } from "./world.ts";

/** Tells a server what happened, and does what it wants done about it. */
export function tell(world: World, server: Server, event: Event): void {
  const { node } = server;
  if (node === null) return;
  let effects: Effects | null = step(node, event);
  while (effects !== null) {
    world.watch.stepped(server, node, effects);
    server.audit?.check(effects);
    carryOut(world, server, effects);
    const number = continueDisk(world, server);
    effects = number === 0 ? null : step(node, { kind: "written", number });
  }
}

function carryOut(world: World, server: Server, effects: Effects): void {
  const { sends, write, restore, apply, answers, chunkReads, releasedIndex } = effects;
  for (const message of sends) send(world, server, message);
  if (write !== null) server.disk.queue.push(write);
  if (restore !== null) restoreMachine(world, server, restore.index);
  for (const committed of apply) applyCommitted(world, server, committed);
  if (apply.length > 0 || restore !== null) {
    answerWaitingReads(world, server);
    takeImageIfDue(world, server);
  }
  for (const answer of answers) answered(world, server, answer);
  for (const wanted of chunkReads) {
    world.later(diskDelay(world, server), CHUNK_READ, server.index, server.life, { kind: "chunk-wanted", ...wanted });
  }
  if (releasedIndex > 0) server.disk.perform({ kind: "release", index: releasedIndex });
}

function send(world: World, server: Server, message: Message): void {
  const to = world.serverOf.get(message.to);
  if (to === undefined) throw new Error(`${server.id} sent a message to ${message.to}, whom nobody knows`);
  const { network } = world;
  network.counts.sent += 1;
  const link = network.link(server.index, to);
  if (!network.isOpen(link)) {
    network.counts.blocked += 1;
    return;
  }
  const arrival = network.arrival(link, world.now);
  if (arrival < 0) network.counts.lost += 1;
  else world.queue.push(arrival, MESSAGE, to, link, message);
  if (!network.isDuplicated()) return;
  network.counts.duplicated += 1;
  world.queue.push(Math.max(world.now, network.arrival(link, world.now)), MESSAGE, to, link, message);
}

/**
 * Begins a sync of all that waits for one, if none is under way. Where nothing waits but empty writes, they are durable
 * already: gives the number of the last one, and otherwise 0.
 */
function continueDisk(world: World, server: Server): number {
  const { disk } = server;
  if (disk.syncing > 0 || disk.queue.length === 0) return 0;
  disk.syncing = disk.queue.length;
  if (disk.queue.every(isEmpty)) return acknowledge(world, server);
  world.later(diskDelay(world, server), SYNCED, server.index, server.life, null);
  return 0;
}

function isEmpty({ hardState, truncateFrom, entries, chunk }: Write): boolean {
  return hardState === null && truncateFrom === 0 && entries.length === 0 && chunk === null;
}

/** Microseconds that a request to the disk takes. */
function diskDelay(world: World, server: Server): number {
  if (server.disk.isLying) return 1;
  const { syncFloor, syncMean } = world.tuning;
  return (syncFloor + world.disks.skewed(syncMean)) * server.diskFactor;
}

/** The sync under way is done: what is bound to its writes may leave. Gives the number of the last write. */
export function acknowledge(world: World, server: Server): number {
  const writes = server.disk.synced();
  let number = 0;
  for (const write of writes) {
    number = write.number;
    for (const message of write.sendsAfter) {
      world.watch.promised(server, message);
      send(world, server, message);
    }
  }
  world.counts.syncs += 1;
  return number;
}

function restoreMachine(world: World, server: Server, index: number): void {
  const { snapshot, image } = server.disk.view;
  if (snapshot.index !== index) {
    throw new Error(`${server.id} wants the snapshot at ${index}, and its disk has the one at ${snapshot.index}`);
  }
  if (image.length > 0) server.machine.restore(image);
  server.applied = index;
  server.appliedTerm = snapshot.term;
  server.imageIndex = index;
  server.isSavingImage = false;
  world.counts.snapshotsInstalled += 1;
  world.watch.restored(server, image);
}

function applyCommitted(world: World, server: Server, { entry, proposal }: Committed): void {
  world.watch.applied(server, entry);
  server.applied = entry.index;
  server.appliedTerm = entry.term;
  if (entry.kind !== "command") return;
  const result = server.machine.apply(entry.index, entry.data);
  if (proposal !== null) appliedRequest(world, server, proposal, entry.index, result);
}

function answerWaitingReads(world: World, server: Server): void {
  const ready = server.waitingReads.filter(({ index }) => index <= server.applied);
  if (ready.length === 0) return;
  server.waitingReads = server.waitingReads.filter(({ index }) => index > server.applied);
  for (const { request } of ready) answerRequest(world, request, readyRequest(server, request));
}

function takeImageIfDue(world: World, server: Server): void {
  const { node } = server;
  if (node === null || server.isSavingImage) return;
  if (server.applied - server.imageIndex < world.tuning.snapshotEvery) return;
  const image = server.machine.image().slice();
  server.isSavingImage = true;
  server.imageIndex = server.applied;
  world.watch.imageTaken(server, image);
  const configuration = node.configurations.at(server.applied);
  const snapshot = { index: server.applied, term: server.appliedTerm, configuration, size: image.length };
  const payload = { kind: "saved-image", snapshot, image } as const;
  world.later(diskDelay(world, server) * 3, IMAGE_SAVED, server.index, server.life, payload);
}
