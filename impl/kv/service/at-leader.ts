import type { FastifyReply, FastifyRequest } from "fastify";
import type { Outcome } from "../../runtime/interface.ts";
import type { Context } from "./context.ts";
import { ApiError, refusalError } from "./errors.ts";
import { clientAddress, FORWARDED_HEADER, LEADER_HEADER } from "./leader.ts";

/** Whether a request changes something: then it must not be said that it did not, unless that is known. */
export type Effect = "changes" | "reads";

const SOON_MS = 100;

/** What became of it, or `unknown` when the time for a request is over. */
export function withDeadline<Value>(outcome: Promise<Outcome<Value>>, timeoutMs: number): Promise<Outcome<Value>> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => resolve({ kind: "unknown", leader: null }), timeoutMs);
    outcome.then(
      (known) => {
        clearTimeout(timer);
        resolve(known);
      },
      (error: unknown) => {
        clearTimeout(timer);
        reject(error);
      },
    );
  });
}

/** Answers a request that was not done here: passes it to the leader where there is another, or throws `ApiError`. */
export async function answerElsewhere(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  outcome: Exclude<Outcome<unknown>, { kind: "done" }>,
  effect: Effect,
): Promise<FastifyReply> {
  if (outcome.kind === "unknown") throw unknownError(effect, "this server led no longer, or not in time");
  const { refusal } = outcome;
  if (refusal.kind !== "not-leader" || refusal.leader === null) throw refusalError(refusal, context.tickMs);
  const { leader } = refusal;
  const address = clientAddress(context.replica.status().configuration, leader);
  if (request.headers[FORWARDED_HEADER] !== undefined) {
    const message = "this server does not lead, and passes no request on that was passed on to it";
    throw new ApiError("not-leader", message, { leader, address }, SOON_MS);
  }
  if (address === null) {
    throw new ApiError("leader-unreachable", `the contact of ${leader} names no client address`, { leader }, SOON_MS);
  }
  if (context.whenNotLeader === "redirect") return redirect(reply, request.url, leader, address);
  return forward(context, request, reply, address, effect);
}

function redirect(reply: FastifyReply, url: string, leader: string, address: string): FastifyReply {
  const { body } = new ApiError("not-leader", `${leader} leads`, { leader, address });
  return reply
    .code(307)
    .header("location", `http://${address}${url}`)
    .header("content-type", "application/json; charset=utf-8")
    .send(body);
}

async function forward(
  { forwarder }: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  address: string,
  effect: Effect,
): Promise<FastifyReply> {
  const outcome = await forwarder.forward(address, {
    method: request.method,
    url: request.url,
    body: request.body === undefined ? null : JSON.stringify(request.body),
    authorization: request.headers.authorization ?? null,
  });
  switch (outcome.kind) {
    case "answered":
      if (outcome.retryAfter !== null) reply.header("retry-after", outcome.retryAfter);
      reply.header(LEADER_HEADER, address);
      return reply.code(outcome.status).header("content-type", outcome.contentType).send(outcome.body);
    case "unreachable":
      throw new ApiError("leader-unreachable", `the leader at ${address}: ${outcome.why}`, { address }, SOON_MS);
    case "unknown":
      throw unknownError(effect, `the leader at ${address}: ${outcome.why}`);
  }
}

function unknownError(effect: Effect, why: string): ApiError {
  if (effect === "reads") {
    return new ApiError("not-confirmed", `the read was not confirmed, and may be repeated: ${why}`, {}, SOON_MS);
  }
  return new ApiError(
    "unknown-outcome",
    `it may have taken effect, or may yet; repeat it with the same session and sequence: ${why}`,
  );
}
