import type { Message, Node } from "../core/index.ts";
import type { Fault } from "./fault.ts";
import { ANSWER, CLIENT_TIMER, FAULT, FAULT_END, happeningNames, MESSAGE, serverName, type World } from "./world.ts";

const roleNumbers = { follower: 1, "pre-candidate": 2, candidate: 3, leader: 4 } as const;

/** Takes an event that has happened into the hash of the run, and writes its line where somebody reads them. */
export function stamp(world: World, slot: number): void {
  const { queue, digest, options } = world;
  const kind = queue.kindOf(slot);
  const index = queue.serverOf(slot);
  digest.add(world.now);
  digest.add(kind * 256 + index + 1);
  if (kind === MESSAGE) digest.add((queue.payloadOf(slot) as Message).id);
  const isServers = kind !== CLIENT_TIMER && kind !== ANSWER && index >= 0;
  const node = isServers ? world.server(index).node : null;
  if (node !== null) {
    digest.add(node.term * 8 + roleNumbers[node.role.kind]);
    digest.add(node.commit);
    digest.add(node.log.lastIndex);
  }
  if (options.log !== null) options.log(lineOf(world, slot, node));
}

/** `1.234567 n2 message n1#17 append-request term 3 | follower term 3 commit 9 last 12 applied 9` */
function lineOf(world: World, slot: number, node: Node | null): string {
  const { queue } = world;
  const kind = queue.kindOf(slot);
  const index = queue.serverOf(slot);
  const payload = queue.payloadOf(slot);
  const isClients = kind === CLIENT_TIMER || kind === ANSWER;
  const who = index < 0 ? "world" : isClients ? `client${index}` : serverName(index);
  const parts = [seconds(world.now), who, happeningNames[kind] ?? ""];
  if (kind === MESSAGE) {
    const message = payload as Message;
    parts.push(`${message.from}#${message.id}`, message.kind, `term ${message.term}`, detailOf(message));
  }
  if (kind === FAULT) parts.push(JSON.stringify(payload as Fault));
  if (kind === FAULT_END && payload !== null && "fault" in payload) parts.push(JSON.stringify(payload.fault));
  if (kind === ANSWER && payload !== null && "body" in payload) parts.push(payload.body.kind);
  if (node !== null) {
    const { role, term, commit, log, applied } = node;
    parts.push(`| ${role.kind} term ${term} commit ${commit} last ${log.lastIndex}/${log.lastTerm} applied ${applied}`);
  }
  return parts.join(" ");
}

/** What a reader wants to know of a message. */
function detailOf(message: Message): string {
  switch (message.kind) {
    case "append-request":
      return `after ${message.prevIndex}/${message.prevTerm} ${message.entries.length} entries commit ${message.commit}`;
    case "append-accepted":
      return `match ${message.matchIndex}`;
    case "append-refused":
      return `after ${message.prevIndex} hint ${message.hintIndex}/${message.hintTerm}`;
    case "vote-request":
    case "pre-vote-request":
      return `last ${message.lastIndex}/${message.lastTerm}`;
    case "vote-response":
    case "pre-vote-response":
      return message.granted ? "granted" : "refused";
    case "heartbeat":
      return `round ${message.round} commit ${message.commit}`;
    case "heartbeat-response":
      return `round ${message.round}`;
    case "snapshot-chunk":
      return `snapshot ${message.snapshot.index} at ${message.offset}${message.isLast ? " last" : ""}`;
    case "chunk-accepted":
      return `snapshot ${message.index} at ${message.offset}`;
    case "timeout-now":
    case "term-notice":
      return "";
  }
}

function seconds(micros: number): string {
  const whole = Math.floor(micros / 1_000_000);
  return `${whole}.${String(micros % 1_000_000).padStart(6, "0")}`;
}
