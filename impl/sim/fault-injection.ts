import type { Change } from "../core/index.ts";
import { tell } from "./carry-out.ts";
import { counted } from "./counts.ts";
import { EVERYBODY, type Fault, type Target } from "./fault.ts";
import { startServer, stopServer } from "./lifecycle.ts";
import { newRequest } from "./requests.ts";
import type { Server } from "./server.ts";
import { TICK_PERIOD } from "./tuning.ts";
import { FAULT_END, RESTART, RESUME, type World } from "./world.ts";

/** Lets a fault begin, and asks for its end. One that finds nothing to break has no effect and does not count. */
export function inject(world: World, fault: Fault): void {
  world.injected.push(fault);
  if (begins(world, fault)) counted(world.counts.faults, fault.kind);
}

function begins(world: World, fault: Fault): boolean {
  switch (fault.kind) {
    case "isolate":
    case "split":
    case "one-way":
    case "hub":
    case "constrained":
    case "chain":
    case "cut-link":
      return block(world, fault, linksOf(world, fault));
    case "lossy":
    case "slow-network":
      return disturb(world, fault);
    case "crash":
    case "power-cut":
      return stop(world, fault);
    case "pause":
    case "clock-jump":
    case "clock-rate":
    case "disk-slow":
    case "disk-stall":
    case "disk-error":
    case "disk-lie": {
      const server = targetOf(world, fault.target);
      return server === null || server.node === null ? false : disturbServer(world, fault, server);
    }
    case "add-voter":
    case "add-learner":
    case "remove":
    case "replace":
      return change(world, fault);
    case "transfer":
      return ask(world, (leader) => {
        tell(world, leader, { kind: "transfer", id: newRequest(leader), to: world.server(fault.to).id });
      });
    case "campaign":
      tell(world, world.server(fault.target), { kind: "campaign" });
      return true;
  }
}

/** The end of a fault. After the world was healed all are over already. */
export function end(world: World, fault: Fault, links: readonly number[], index: number): boolean {
  if (!world.isFaulty) return false;
  if (links.length > 0) world.network.unblock(links);
  if (fault.kind === "lossy") world.network.calm();
  if (fault.kind === "slow-network") world.network.slowness = 1;
  if (index < 0) return true;
  const server = world.server(index);
  if (fault.kind === "clock-rate") server.tickPeriod = server.ownTickPeriod;
  if (fault.kind === "disk-slow") server.diskFactor = 1;
  if (fault.kind === "disk-lie") server.disk.isLying = false;
  return true;
}

/** All faults are over, and whoever may start starts. */
export function heal(world: World): void {
  world.isFaulty = false;
  world.healedAt = world.now;
  world.network.heal();
  for (const server of world.servers) {
    server.tickPeriod = server.ownTickPeriod;
    server.diskFactor = 1;
    server.stalledUntil = 0;
    server.skippedTicks = 0;
    server.failsNextSync = 0;
    server.disk.isLying = false;
    if (server.pausedUntil > world.now) {
      server.pausedUntil = world.now;
      world.later(0, RESUME, server.index, server.life, null);
    }
    if (server.life > 0 && server.node === null) world.later(0, RESTART, server.index, server.life, null);
  }
}

type LinkFault = Extract<
  Fault,
  { readonly kind: "isolate" | "split" | "one-way" | "hub" | "constrained" | "chain" | "cut-link" }
>;

function block(world: World, fault: LinkFault, links: readonly number[]): boolean {
  if (links.length === 0) return false;
  world.network.block(links);
  world.later(fault.for, FAULT_END, -1, 0, { kind: "fault-end", fault, links, server: -1 });
  return true;
}

function linksOf(world: World, fault: LinkFault): number[] {
  switch (fault.kind) {
    case "isolate": {
      const target = indexOf(world, fault.target);
      return linksWhere(world, (from, to) => from === target || to === target);
    }
    case "split":
      return linksWhere(world, (from, to) => fault.side.includes(from) !== fault.side.includes(to));
    case "one-way": {
      const target = indexOf(world, fault.target);
      return linksWhere(world, (from, to) => (fault.direction === "in" ? to : from) === target);
    }
    case "hub":
      return linksWhere(world, (from, to) => from !== fault.hub && to !== fault.hub);
    case "constrained": {
      const leader = indexOf(world, "leader");
      const isFar = (one: number): boolean => one === leader && one !== fault.hub;
      return linksWhere(world, (from, to) => isFar(from) || isFar(to) || (from !== fault.hub && to !== fault.hub));
    }
    case "chain":
      return linksWhere(world, (from, to) => Math.abs(from - to) !== 1);
    case "cut-link": {
      const one = indexOf(world, fault.one);
      const { other } = fault;
      return linksWhere(world, (from, to) => (from === one && to === other) || (from === other && to === one));
    }
  }
}

function linksWhere(world: World, isCut: (from: number, to: number) => boolean): number[] {
  const links: number[] = [];
  for (const { index: from } of world.servers) {
    for (const { index: to } of world.servers)
      if (from !== to && isCut(from, to)) links.push(world.network.link(from, to));
  }
  return links;
}

function disturb(world: World, fault: Extract<Fault, { readonly kind: "lossy" | "slow-network" }>): boolean {
  const { network } = world;
  if (fault.kind === "slow-network") network.slowness = fault.factor;
  else {
    network.loss = fault.loss;
    network.duplication = fault.duplication;
    network.reordering = fault.reordering;
  }
  world.later(fault.for, FAULT_END, -1, 0, { kind: "fault-end", fault, links: [], server: -1 });
  return true;
}

function stop(world: World, fault: Extract<Fault, { readonly kind: "crash" | "power-cut" }>): boolean {
  const target = targetOf(world, fault.target);
  const targets = fault.target === EVERYBODY ? world.servers : target === null ? [] : [target];
  let count = 0;
  for (const server of targets) {
    if (server.node === null) continue;
    const how = fault.kind === "crash" ? { power: false, torn: false } : { power: true, torn: fault.torn };
    stopServer(world, server, how);
    world.later(fault.for, RESTART, server.index, server.life, null);
    count += 1;
  }
  return count > 0;
}

type ServerFault = Extract<
  Fault,
  {
    readonly kind: "pause" | "clock-jump" | "clock-rate" | "disk-slow" | "disk-stall" | "disk-error" | "disk-lie";
  }
>;

function disturbServer(world: World, fault: ServerFault, server: Server): boolean {
  if (fault.kind === "clock-jump") return jump(world, server, fault.ticks);
  const until = world.now + fault.for;
  switch (fault.kind) {
    case "pause":
      server.pausedUntil = Math.max(server.pausedUntil, until);
      world.later(fault.for, RESUME, server.index, server.life, null);
      return true;
    case "disk-stall":
      server.stalledUntil = Math.max(server.stalledUntil, until);
      return true;
    case "disk-error":
      server.failsNextSync = fault.for;
      return true;
    case "clock-rate":
      server.tickPeriod = rated(world, server, fault.permille);
      break;
    case "disk-slow":
      server.diskFactor = fault.factor;
      break;
    case "disk-lie":
      server.disk.lie();
      break;
  }
  world.later(fault.for, FAULT_END, -1, 0, { kind: "fault-end", fault, links: [], server: server.index });
  return true;
}

function jump(world: World, server: Server, ticks: number): boolean {
  if (ticks < 0) server.skippedTicks += -ticks;
  for (let i = 0; i < ticks && server.node !== null; i += 1) tell(world, server, { kind: "tick" });
  return true;
}

/** Where leases count on clocks, no clock leaves the bound that the settings promise. */
function rated(world: World, server: Server, permille: number): number {
  if (world.tuning.settings.clockDriftMax === null) return Math.floor((server.ownTickPeriod * 1000) / permille);
  const slowest = Math.floor(TICK_PERIOD * (1 + world.tuning.settings.clockDriftMax));
  return permille < 1000 ? slowest : TICK_PERIOD;
}

type ChangeFault = Extract<Fault, { readonly kind: "add-voter" | "add-learner" | "remove" | "replace" }>;

function change(world: World, fault: ChangeFault): boolean {
  return ask(world, (leader) => {
    const target = targetOf(world, fault.target) ?? leader;
    const joining = fault.kind === "replace" ? world.server(fault.by) : target;
    const member = { id: joining.id, contact: joining.id };
    const leaves = fault.kind === "remove" || fault.kind === "replace";
    const change: Change = {
      id: newRequest(leader),
      add: fault.kind === "add-voter" || fault.kind === "replace" ? [member] : [],
      addLearners: fault.kind === "add-learner" ? [member] : [],
      remove: leaves ? [target.id] : [],
    };
    // Whoever runs the cluster starts a new server before it is made a member.
    if (fault.kind !== "remove" && joining.life === 0) startServer(world, joining);
    tell(world, leader, { kind: "change", change });
  });
}

function ask(world: World, request: (leader: Server) => void): boolean {
  const leader = world.leader();
  if (leader === null || leader.pausedUntil > world.now) return false;
  request(leader);
  return true;
}

function targetOf(world: World, target: Target): Server | null {
  const index = indexOf(world, target);
  return world.servers[index] ?? null;
}

/** Where nobody leads, the first server stands in for the leader. */
function indexOf(world: World, target: Target): number {
  return target === "leader" ? (world.leader()?.index ?? 0) : target;
}
