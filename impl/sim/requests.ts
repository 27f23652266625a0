import type { Answer } from "../core/index.ts";
import type { KvResult } from "../kv/machine/index.ts";
import { tell } from "./carry-out.ts";
import type { ClientAnswer, ClientRequest } from "./client.ts";
import type { Server } from "./server.ts";
import { ANSWER, type World } from "./world.ts";

/** A client's request has arrived. */
export function takeRequest(world: World, server: Server, request: ClientRequest): void {
  const { body } = request;
  if (body.kind === "read" && body.by === "stale") {
    world.counts.staleReads += 1;
    answerRequest(world, request, readyRequest(server, request));
    return;
  }
  const id = newRequest(server);
  server.requests.set(id, request);
  if (body.kind === "command") tell(world, server, { kind: "propose", proposals: [{ id, data: body.data }] });
  else if (body.by !== "stale") tell(world, server, { kind: "read", id, by: body.by });
}

/** Numbers what the core is asked, whoever asks. */
export function newRequest(server: Server): number {
  server.requestCount += 1;
  return server.requestCount;
}

/** The core has answered something that a client or the world asked. */
export function answered(world: World, server: Server, answer: Answer): void {
  const request = server.requests.get(answer.id);
  server.requests.delete(answer.id);
  switch (answer.kind) {
    case "changed":
      world.counts.changes += 1;
      return;
    case "transferred":
      world.counts.transfers += 1;
      return;
    case "transfer-failed":
      return;
    case "refused": {
      world.counts.refused += 1;
      const { refusal } = answer;
      const leader = refusal.kind === "not-leader" ? refusal.leader : null;
      if (request !== undefined) answerRequest(world, request, notDone(world, leader));
      return;
    }
    case "unknown":
      if (request !== undefined) answerRequest(world, request, notDone(world, answer.leader));
      return;
    case "read-ready":
      if (request === undefined) throw new Error(`${server.id} answers read ${answer.id}, for which nobody asked`);
      if (answer.index > server.applied) server.waitingReads.push({ index: answer.index, request });
      else answerRequest(world, request, readyRequest(server, request));
      return;
  }
}

export function appliedRequest(world: World, server: Server, id: number, index: number, result: KvResult): void {
  const request = server.requests.get(id);
  server.requests.delete(id);
  if (request === undefined) throw new Error(`${server.id} applied proposal ${id}, which nobody made`);
  world.watch.acknowledged(server, index);
  answerRequest(world, request, { kind: "applied", index, result });
}

/** What the machine says now. */
export function readyRequest(server: Server, { body }: ClientRequest): ClientAnswer["body"] {
  if (body.kind !== "read") throw new Error("a command was answered as if it were a read");
  const value = server.machine.get(body.key)?.value ?? null;
  if (value !== null && typeof value !== "string") throw new Error(`${body.key} has bytes that nobody wrote`);
  return { kind: "read", value };
}

export function answerRequest(
  world: World,
  { client, operation, attempt }: ClientRequest,
  body: ClientAnswer["body"],
): void {
  const delay = world.network.delay();
  if (delay >= 0) world.later(delay, ANSWER, client, 0, { client, operation, attempt, body });
}

function notDone(world: World, leader: string | null): ClientAnswer["body"] {
  return { kind: "not-done", leader: leader === null ? null : (world.serverOf.get(leader) ?? null) };
}
