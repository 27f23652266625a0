import { type Command, encodeCommand } from "../kv/machine/index.ts";
import type { Client, ClientAnswer, ClientRequest, HistoryValue, Operation } from "./client.ts";
import { CLIENT_TIMER, REQUEST, type World } from "./world.ts";

/**
 * So many attempts at one operation, and then nobody knows what became of it. Few clients give up early: an operation
 * that may yet take effect, or never, doubles what the search for an order has to look at.
 */
const ATTEMPTS_MAX = 400;
const ATTEMPTS_OF_THE_HASTY = 3;
const HASTE = 10_000;
/** Operations that are begun on a key before another takes its place, about. */
const USES_OF_A_KEY = 40;
const KEYS_AT_ONCE = 3;
/** Small enough for sessions to expire now and then, where clients come back with new ones. */
const SESSION_LIMITS = { sessionsMax: 64, unacknowledgedMax: 16 };

/** A timer of the client has run out: it begins an operation, or asks again. False for a timer that is off. */
export function clientTimer(world: World, client: Client, attempt: number): boolean {
  if (attempt !== client.attemptCount || client.isDone) return false;
  if (client.operation === null) {
    begin(world, client);
    return true;
  }
  // No answer came: perhaps another server has one. Some insist, and keep a leader company that is none any more.
  if (client.random.chance(500_000)) client.target = anyServer(world, client);
  ask(world, client);
  return true;
}

/** False where the answer comes too late. */
export function clientAnswered(world: World, client: Client, { operation, attempt, body }: ClientAnswer): boolean {
  if (client.operation === null || operation !== client.operationCount) return false;
  if (body.kind === "not-done") {
    if (attempt !== client.attemptCount) return false;
    client.target = body.leader ?? anyServer(world, client);
    rearm(world, client, 500 + client.random.skewed(5_000));
    return true;
  }
  if (body.kind === "applied") applied(world, client, client.operation, body.result.kind, body.index);
  else if (client.operation.f === "get") read(world, client, client.operation, body.value);
  return true;
}

/** The quiet phase: clients read what was written last, and then they are done. */
export function endWorkload(world: World): void {
  const last = Math.floor(world.keysUsed / (USES_OF_A_KEY * KEYS_AT_ONCE));
  for (const client of world.clients) {
    client.finalReads = [];
    for (let epoch = Math.max(0, last - 2); epoch <= last; epoch += 1) {
      for (let i = 0; i < KEYS_AT_ONCE; i += 1) client.finalReads.push(`k${epoch}.${i}`);
    }
  }
}

function begin(world: World, client: Client): void {
  const operation = nextOperation(world, client);
  if (operation === null) {
    client.isDone = true;
    return;
  }
  client.operation = operation;
  client.operationCount += 1;
  client.attemptsLeft = client.random.chance(HASTE) ? ATTEMPTS_OF_THE_HASTY : ATTEMPTS_MAX;
  client.beganAt = world.now;
  client.data = operation.f === "get" ? null : encodeCommand(operation.command);
  if (isRecorded(operation)) {
    const value = operation.f === "get" ? null : operation.value;
    world.history.invoke(client.process, operation.f, operation.key, value, world.now);
  }
  ask(world, client);
}

type Recorded = Exclude<Operation, { readonly f: "open" }>;

/** Sessions are no operation on a key, and stale reads promise nothing. */
function isRecorded(operation: Operation): operation is Recorded {
  return operation.f !== "open" && !(operation.f === "get" && operation.by === "stale");
}

function nextOperation(world: World, client: Client): Operation | null {
  const { random } = client;
  if (client.finalReads !== null) {
    const key = client.finalReads.pop();
    return key === undefined ? null : { f: "get", key, by: "quorum" };
  }
  if (client.session === 0) return { f: "open", command: { kind: "open-session", limits: SESSION_LIMITS } };
  world.keysUsed += 1;
  const epoch = Math.floor(world.keysUsed / (USES_OF_A_KEY * KEYS_AT_ONCE));
  const key = `k${epoch}.${random.below(KEYS_AT_ONCE)}`;
  const kind = random.below(100);
  if (kind < 42) return { f: "get", key, by: kind < (world.tuning.leases ? 8 : 30) ? "quorum" : "lease" };
  if (kind < 45) return { f: "get", key, by: "stale" };
  client.sequence += 1;
  const stamp = { session: client.session, sequence: client.sequence, acknowledged: client.sequence - 1 };
  const value = `${client.index}-${client.operationCount}`;
  if (kind < 65) return { f: "put", key, value, command: { kind: "put", stamp, key, value } };
  if (kind < 85) {
    const piece = `${value},`;
    const command: Command = { kind: "append", stamp, key, value: piece, sizeMax: 4096 };
    return { f: "append", key, value: piece, command };
  }
  if (kind < 90) return { f: "delete", key, value: null, command: { kind: "delete", stamp, key } };
  const from = client.seen.get(key) ?? null;
  const expected = from === null ? ({ kind: "absent" } as const) : ({ kind: "value", value: from } as const);
  return { f: "cas", key, value: [from, value], command: { kind: "compare-and-swap", stamp, key, expected, value } };
}

function ask(world: World, client: Client): void {
  const { operation } = client;
  if (operation === null) throw new Error("a client that asks nothing was made to ask");
  if (client.attemptsLeft === 0) {
    giveUp(world, client, operation);
    return;
  }
  client.attemptsLeft -= 1;
  client.attemptCount += 1;
  const request: ClientRequest = {
    client: client.index,
    operation: client.operationCount,
    attempt: client.attemptCount,
    body:
      client.data === null && operation.f === "get"
        ? { kind: "read", key: operation.key, by: operation.by }
        : { kind: "command", data: client.data ?? new Uint8Array(0) },
  };
  const delay = world.network.delay();
  if (delay >= 0) world.later(delay, REQUEST, client.target, 0, request);
  world.later(world.tuning.patience, CLIENT_TIMER, client.index, client.attemptCount, null);
}

function giveUp(world: World, client: Client, operation: Operation): void {
  if (isRecorded(operation)) {
    const value = operation.f === "get" ? null : operation.value;
    world.history.info(client.process, operation.f, operation.key, value, world.now);
    client.process += world.clients.length;
  }
  rest(world, client);
}

function applied(world: World, client: Client, operation: Operation, result: string, index: number): void {
  if (operation.f === "open") {
    client.session = index;
    client.sequence = 0;
    rest(world, client);
    return;
  }
  if (operation.f === "get") throw new Error("a read was answered as if it were a command");
  const { history, now } = world;
  if (result === "written" || result === "deleted") {
    world.hasProgressed ||= client.beganAt >= world.healedAt;
    history.returned(client.process, operation.f, operation.key, operation.value, now);
    if (operation.f === "cas" || operation.f === "put") client.seen.set(operation.key, lastOf(operation.value));
    if (operation.f === "delete") client.seen.set(operation.key, null);
  } else if (result === "mismatch") {
    history.mismatch(client.process, operation.key, operation.value, now);
  } else {
    // The session expired or the value is full: whether an earlier attempt took effect cannot be said.
    history.info(client.process, operation.f, operation.key, operation.value, now);
    client.process += world.clients.length;
    if (result === "unknown-session") client.session = 0;
  }
  rest(world, client);
}

function lastOf(value: HistoryValue): string | null {
  return typeof value === "object" && value !== null ? value[1] : value;
}

function read(world: World, client: Client, operation: Operation & { readonly f: "get" }, value: string | null): void {
  if (operation.by !== "stale") {
    world.history.returned(client.process, "get", operation.key, value, world.now);
    client.seen.set(operation.key, value);
  }
  if (operation.by === "lease") world.counts.leaseReads += 1;
  rest(world, client);
}

/** Thinks for a while before the next operation. */
function rest(world: World, client: Client): void {
  client.operation = null;
  rearm(world, client, client.random.skewed(world.tuning.thinkMean));
}

function rearm(world: World, client: Client, delay: number): void {
  client.attemptCount += 1;
  world.later(delay, CLIENT_TIMER, client.index, client.attemptCount, null);
}

/** Any server that was ever started. */
function anyServer(world: World, { random }: Client): number {
  const index = random.below(world.servers.length);
  return world.server(index).life > 0 ? index : index % world.options.servers;
}
