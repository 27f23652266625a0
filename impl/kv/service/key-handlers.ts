import type { FastifyReply, FastifyRequest } from "fastify";
import type { Stamp } from "../../core/sessions.ts";
import { type Command, type Expected, encodeCommand, type KvResult } from "../machine/index.ts";
import { answerElsewhere, withDeadline } from "./at-leader.ts";
import type { Context } from "./context.ts";
import { ApiError, sessionError } from "./errors.ts";
import { type Encoding, getJson, itemJson } from "./json.ts";
import { checkedKey, checkedValue } from "./values.ts";

export type Handler = (context: Context, request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

// What requests bring: the schemas of the description have checked it.
interface StampNumbers<Number> {
  readonly session?: Number;
  readonly sequence?: Number;
  readonly acknowledged?: Number;
}
interface PutBody extends StampNumbers<number> {
  readonly value: string;
  readonly encoding?: Encoding;
}
interface SwapBody extends StampNumbers<number> {
  readonly expected: {
    readonly absent?: true;
    readonly value?: string;
    readonly encoding?: Encoding;
    readonly revision?: number;
  };
  readonly value: string | null;
  readonly encoding?: Encoding;
}
interface ReadQuery {
  readonly consistency?: "linearizable" | "lease" | "stale";
  readonly encoding?: Encoding;
}
interface RangeQuery extends ReadQuery {
  readonly prefix?: string;
  readonly from?: string;
  readonly limit?: string;
}

const JSON_TYPE = "application/json; charset=utf-8";
const LIMIT_DEFAULT = 1000;
const LIMIT_MAX = 10_000;

export const getKey: Handler = async (context, request, reply) => {
  const key = keyOf(context, request);
  const query = request.query as ReadQuery;
  if (!(await isConfirmed(context, request, reply, query))) return reply;
  const { machine } = context;
  const item = machine.get(key);
  if (item === undefined) {
    throw new ApiError("key-not-found", "there is no such key", { key, revision: machine.revision });
  }
  return sendJson(reply, getJson(key, item, query.encoding ?? "utf8", machine.revision));
};

export const range: Handler = async (context, request, reply) => {
  const query = request.query as RangeQuery;
  const limit = Number(query.limit ?? LIMIT_DEFAULT);
  if (limit < 1 || limit > LIMIT_MAX) {
    throw new ApiError("invalid-request", `limit must be from 1 to ${LIMIT_MAX}, and is ${limit}`);
  }
  if (!(await isConfirmed(context, request, reply, query))) return reply;
  const { machine, limits } = context;
  const { items, next } = machine.range(query.prefix ?? "", query.from ?? "", limit, limits.rangeBytesMax);
  const encoding = query.encoding ?? "utf8";
  const json = items.map(([key, item]) => itemJson(key, item, encoding)).join(",");
  return sendJson(reply, `{"items":[${json}],"next":${JSON.stringify(next)},"revision":${machine.revision}}`);
};

export const putKey: Handler = (context, request, reply) => {
  const key = keyOf(context, request);
  const body = request.body as PutBody;
  const value = checkedValue(body.value, body.encoding ?? "utf8", context.limits.valueBytesMax);
  return change(context, request, reply, { kind: "put", stamp: stampOf(body), key, value });
};

export const append: Handler = (context, request, reply) => {
  const key = keyOf(context, request);
  const body = request.body as PutBody;
  const { valueBytesMax } = context.limits;
  const value = checkedValue(body.value, body.encoding ?? "utf8", valueBytesMax);
  return change(context, request, reply, { kind: "append", stamp: stampOf(body), key, value, sizeMax: valueBytesMax });
};

export const deleteKey: Handler = (context, request, reply) => {
  const key = keyOf(context, request);
  const { session, sequence, acknowledged } = request.query as StampNumbers<string>;
  const stamp = stampOf({
    ...(session === undefined ? {} : { session: Number(session) }),
    ...(sequence === undefined ? {} : { sequence: Number(sequence) }),
    ...(acknowledged === undefined ? {} : { acknowledged: Number(acknowledged) }),
  });
  return change(context, request, reply, { kind: "delete", stamp, key });
};

export const compareAndSwap: Handler = (context, request, reply) => {
  const key = keyOf(context, request);
  const body = request.body as SwapBody;
  const { valueBytesMax } = context.limits;
  const value = body.value === null ? null : checkedValue(body.value, body.encoding ?? "utf8", valueBytesMax);
  const expected = expectedOf(body.expected, valueBytesMax);
  return change(context, request, reply, { kind: "compare-and-swap", stamp: stampOf(body), key, expected, value });
};

/** Proposes a command and answers with its result. */
export async function change(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  command: Command,
): Promise<FastifyReply> {
  const proposed = context.replica.propose(encodeCommand(command));
  const outcome = await withDeadline(proposed, context.limits.requestTimeoutMs);
  if (outcome.kind !== "done") return answerElsewhere(context, request, reply, outcome, "changes");
  if (outcome.value.kind === "session-opened") reply.code(201);
  return sendJson(reply, resultJson(outcome.value, command.kind === "compare-and-swap"));
}

export function sendJson(reply: FastifyReply, json: string): FastifyReply {
  return reply.header("content-type", JSON_TYPE).send(json);
}

function resultJson(result: KvResult, isSwap: boolean): string {
  switch (result.kind) {
    case "written":
      return isSwap ? `{"revision":${result.revision},"swapped":true}` : `{"revision":${result.revision}}`;
    case "deleted":
      if (isSwap) return `{"revision":${result.revision},"swapped":true}`;
      return `{"revision":${result.revision},"deleted":${result.existed}}`;
    case "mismatch":
      return `{"revision":${result.revision},"swapped":false,"found":${result.found}}`;
    case "too-large": {
      const { size, sizeMax } = result;
      throw new ApiError("too-large", `the value would have ${size} bytes of at most ${sizeMax}`, { size, sizeMax });
    }
    case "session-opened":
      return `{"session":${result.session}}`;
    case "session-closed":
      return "{}";
    default:
      throw sessionError(result);
  }
}

/** Waits until the machine may be read; false where the request was answered by another server. */
async function isConfirmed(
  context: Context,
  request: FastifyRequest,
  reply: FastifyReply,
  { consistency }: ReadQuery,
): Promise<boolean> {
  if (consistency === "stale") return true;
  const read = context.replica.read(consistency === "lease" ? "lease" : "quorum");
  const outcome = await withDeadline(read, context.limits.requestTimeoutMs);
  if (outcome.kind === "done") return true;
  await answerElsewhere(context, request, reply, outcome, "reads");
  return false;
}

function keyOf({ limits }: Context, request: FastifyRequest): string {
  return checkedKey((request.params as { readonly key: string }).key, limits.keyBytesMax);
}

function stampOf({ session, sequence, acknowledged }: StampNumbers<number>): Stamp | null {
  if (session !== undefined && sequence !== undefined) return { session, sequence, acknowledged: acknowledged ?? 0 };
  if (session === undefined && sequence === undefined && acknowledged === undefined) return null;
  throw new ApiError("invalid-request", "session and sequence belong together, and acknowledged to both");
}

function expectedOf(expected: SwapBody["expected"], valueBytesMax: number): Expected {
  const { absent, value, encoding, revision } = expected;
  if ([absent, value, revision].filter((one) => one !== undefined).length !== 1) {
    throw new ApiError("invalid-request", "expected must have one of absent, value and revision");
  }
  if (absent !== undefined) return { kind: "absent" };
  if (revision !== undefined) return { kind: "revision", revision };
  return { kind: "value", value: checkedValue(value ?? "", encoding ?? "utf8", valueBytesMax) };
}
