import { Audit } from "../core/audit.ts";
import { type Observer, start } from "../core/index.ts";
import { KvMachine } from "../kv/machine/index.ts";
import { tell } from "./carry-out.ts";
import { counted } from "./counts.ts";
import type { Stop } from "./disk.ts";
import type { Server } from "./server.ts";
import { RESUME, TICK, type World } from "./world.ts";

/** Starts the process, with what its disk has. */
export function startServer(world: World, server: Server): void {
  if (server.node !== null || server.isCondemned) return;
  if (server.life > 0) world.counts.restarts += 1;
  server.life += 1;
  const { snapshot, image } = server.disk.view;
  server.machine = new KvMachine(null);
  if (image.length > 0) server.machine.restore(image);
  server.applied = snapshot.index;
  server.appliedTerm = snapshot.term;
  server.imageIndex = snapshot.index;
  server.isSavingImage = false;
  server.owedTicks = 0;
  server.skippedTicks = 0;
  server.pausedUntil = 0;
  server.node = start({
    id: server.id,
    settings: world.tuning.settings,
    durable: server.disk.view.durable,
    seed: world.options.seed * 64 + server.index * 8 + server.life,
    incarnation: server.life,
    observer: observerOf(world),
  });
  server.audit = new Audit(server.node);
  world.network.restarted(server.index);
  world.watch.started(server, server.node, image);
  world.later(world.disks.below(server.tickPeriod), TICK, server.index, server.life, null);
}

function observerOf({ counts }: World): Observer {
  return { followed: (rule) => counted(counts.rules, rule) };
}

/** The process ends, and with it all that was not on its disk. */
export function stopServer(world: World, server: Server, stop: Stop): void {
  if (server.node === null) return;
  server.node = null;
  server.audit = null;
  // What was under way in this life, ticks included, is for nobody any more.
  server.life += 1;
  server.requests.clear();
  server.waitingReads = [];
  server.pausedUntil = 0;
  server.failsNextSync = 0;
  world.counts.crashes += 1;
  world.watch.stopped(server);
  const lost = server.disk.stop(stop, world.disks);
  world.counts.lostWrites += lost.writes;
  if (lost.isTorn) world.counts.tornWrites += 1;
  if (!lost.isDurable) return;
  // No storage can tell, but whoever runs it can: the disk is not to be trusted, and its server must not come back.
  server.isCondemned = true;
  world.counts.condemned += 1;
}

export function tick(world: World, server: Server): void {
  world.later(server.tickPeriod, TICK, server.index, server.life, null);
  if (server.pausedUntil > world.now) server.owedTicks += 1;
  else if (server.skippedTicks > 0) server.skippedTicks -= 1;
  else tell(world, server, { kind: "tick" });
}

/**
 * A process that stood still makes up for the ticks that it missed: where leases count on clocks, before it looks at what
 * arrived meanwhile, and elsewhere also after that, as an event loop may.
 */
export function resume(world: World, server: Server): void {
  if (server.pausedUntil > world.now || server.owedTicks === 0) return;
  if (!world.tuning.leases && world.disks.chance(500_000)) {
    // What arrived is in the queue for this moment already, and comes first.
    world.later(0, RESUME, server.index, server.life, null);
    return;
  }
  while (server.owedTicks > 0 && server.node !== null) {
    server.owedTicks -= 1;
    tell(world, server, { kind: "tick" });
  }
}
