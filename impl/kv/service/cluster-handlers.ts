import type { FastifyReply, FastifyRequest } from "fastify";
import type { Outcome } from "../../runtime/interface.ts";
import { answerElsewhere, withDeadline } from "./at-leader.ts";
import { clusterStatus, health as healthOf } from "./cluster-status.ts";
import type { Context } from "./context.ts";
import { change, type Handler, sendJson } from "./key-handlers.ts";

export const openSession: Handler = (context, request, reply) => {
  const { sessionsMax, unacknowledgedMax } = context.limits;
  return change(context, request, reply, { kind: "open-session", limits: { sessionsMax, unacknowledgedMax } });
};

export const closeSession: Handler = (context, request, reply) => {
  const { session } = request.params as { readonly session: string };
  return change(context, request, reply, { kind: "close-session", session: Number(session) });
};

export const status: Handler = async ({ replica }, _request, reply) =>
  sendJson(reply, JSON.stringify(clusterStatus(replica.status())));

export const health: Handler = async ({ replica, limits, isStopping }, _request, reply) => {
  const found = healthOf(replica.status(), limits.healthTicksMax, isStopping);
  return sendJson(reply.code(found["healthy"] === true ? 200 : 503), JSON.stringify(found));
};

export const live: Handler = async (_context, _request, reply) => sendJson(reply, "{}");

export const transfer: Handler = (context, request, reply) => {
  const { to } = request.body as { readonly to: string };
  context.logger.info({ to }, "leadership transfer was asked for");
  return administer(context, request, reply, context.replica.transfer(to));
};

export const addMember: Handler = (context, request, reply) => {
  const { id, contact, role } = request.body as { id: string; contact: string; role?: "voter" | "learner" };
  context.logger.info({ member: id, contact, role: role ?? "voter" }, "a new member was asked for");
  const members = [{ id, contact }];
  const asked =
    role === "learner" ? { add: [], addLearners: members, remove: [] } : { add: members, addLearners: [], remove: [] };
  return administer(context, request, reply, context.replica.change(asked));
};

export const removeMember: Handler = (context, request, reply) => {
  const { id } = request.params as { readonly id: string };
  context.logger.info({ member: id }, "the removal of a member was asked for");
  return administer(context, request, reply, context.replica.change({ add: [], addLearners: [], remove: [id] }));
};

async function administer(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  asked: Promise<Outcome<null>>,
): Promise<FastifyReply> {
  const outcome = await withDeadline(asked, context.limits.requestTimeoutMs);
  if (outcome.kind !== "done") return answerElsewhere(context, request, reply, outcome, "changes");
  return sendJson(reply, "{}");
}
