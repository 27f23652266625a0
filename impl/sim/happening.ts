import type { Message } from "../core/index.ts";
import { acknowledge, tell } from "./carry-out.ts";
import type { ClientAnswer, ClientRequest } from "./client.ts";
import type { Fault } from "./fault.ts";
import { end, inject } from "./fault-injection.ts";
import { resume, startServer, stopServer, tick } from "./lifecycle.ts";
import { takeRequest } from "./requests.ts";
import type { Server } from "./server.ts";
import { clientAnswered, clientTimer } from "./workload.ts";
import type { ChunkWanted, FaultEnd, Payload, SavedImage, World } from "./world.ts";
import * as happenings from "./world.ts";

/** Lets what the slot of the queue holds happen. False where nobody is concerned any more: it is then no event. */
export function happen(world: World, slot: number): boolean {
  const { queue } = world;
  const kind = queue.kindOf(slot);
  const index = queue.serverOf(slot);
  const life = queue.lifeOf(slot);
  const payload = queue.payloadOf(slot);
  switch (kind) {
    case happenings.CLIENT_TIMER:
      return clientTimer(world, clientAt(world, index), life);
    case happenings.ANSWER:
      return clientAnswered(world, clientAt(world, index), payload as ClientAnswer);
    case happenings.FAULT:
      inject(world, payload as Fault);
      return true;
    case happenings.FAULT_END: {
      const { fault, links, server } = payload as FaultEnd;
      return end(world, fault, links, server);
    }
    default:
      return happenAt(world, world.server(index), kind, life, payload);
  }
}

function happenAt(world: World, server: Server, kind: number, life: number, payload: Payload | null): boolean {
  // Messages and requests find whatever process there is; all else is for the life that asked for it.
  const isForAnyLife = kind === happenings.MESSAGE || kind === happenings.REQUEST;
  if (!isForAnyLife && life !== server.life) return false;
  if (kind === happenings.RESTART) {
    startServer(world, server);
    return server.node !== null;
  }
  if (server.node === null) return false;
  if (kind === happenings.TICK) {
    tick(world, server);
    return true;
  }
  if (kind === happenings.RESUME) {
    resume(world, server);
    return true;
  }
  if (server.pausedUntil > world.now) {
    world.later(server.pausedUntil - world.now, kind, server.index, life, payload);
    return false;
  }
  return happenToProcess(world, server, kind, life, payload);
}

function happenToProcess(world: World, server: Server, kind: number, life: number, payload: Payload | null): boolean {
  switch (kind) {
    case happenings.MESSAGE:
      return deliver(world, server, life, payload as Message);
    case happenings.SYNCED:
      return synced(world, server);
    case happenings.IMAGE_SAVED:
      return imageSaved(world, server, payload as SavedImage);
    case happenings.CHUNK_READ:
      chunkRead(world, server, payload as ChunkWanted);
      return true;
    case happenings.REQUEST:
      takeRequest(world, server, payload as ClientRequest);
      return true;
    default:
      throw new Error(`nothing of kind ${kind} can happen`);
  }
}

function deliver(world: World, server: Server, link: number, message: Message): boolean {
  const { network } = world;
  if (!network.isOpen(link)) {
    network.counts.blocked += 1;
    return false;
  }
  network.delivered(link, message.id);
  tell(world, server, { kind: "message", message });
  return true;
}

function synced(world: World, server: Server): boolean {
  if (server.stalledUntil > world.now) {
    world.later(server.stalledUntil - world.now, happenings.SYNCED, server.index, server.life, null);
    return false;
  }
  if (server.failsNextSync > 0) {
    const restartAfter = server.failsNextSync;
    world.counts.failedSyncs += 1;
    stopServer(world, server, { power: false, torn: true });
    world.later(restartAfter, happenings.RESTART, server.index, server.life, null);
    return true;
  }
  tell(world, server, { kind: "written", number: acknowledge(world, server) });
  return true;
}

function imageSaved(world: World, server: Server, { snapshot, image }: SavedImage): boolean {
  // A snapshot from the leader has overtaken it.
  if (!server.isSavingImage || snapshot.index !== server.imageIndex) return false;
  server.isSavingImage = false;
  server.disk.perform({ kind: "snapshot", snapshot, image });
  world.counts.snapshotsTaken += 1;
  tell(world, server, { kind: "snapshot-taken", index: snapshot.index, size: image.length });
  return true;
}

function chunkRead(world: World, server: Server, { to, index, offset, sizeMax }: ChunkWanted): void {
  const { snapshot, image } = server.disk.view;
  const data = snapshot.index === index ? image.slice(offset, offset + sizeMax) : null;
  const isLast = offset + sizeMax >= image.length;
  tell(world, server, { kind: "chunk-read", to, index, offset, data, isLast });
}

function clientAt(world: World, index: number) {
  const client = world.clients[index];
  if (client === undefined) throw new Error(`there is no client ${index}`);
  return client;
}
