import type { IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import type { Logger } from "pino";
import type { Registry } from "prom-client";
import type { Replica } from "../../runtime/interface.ts";
import type { KvMachine, KvResult } from "../machine/index.ts";
import type { Metrics } from "../metrics.ts";
import { Authorization } from "./authorization.ts";
import * as cluster from "./cluster-handlers.ts";
import type { Context, ServiceLimits } from "./context.ts";
import { type Operation, type OperationId, operations } from "./description.ts";
import { ApiError } from "./errors.ts";
import * as keys from "./key-handlers.ts";
import { Forwarder } from "./leader.ts";
import { openApiDocument, requestSchema, routePath } from "./openapi.ts";
import type { WatchFeed } from "./watch-feed.ts";
import { watch } from "./watch-handler.ts";

export interface ServiceOptions {
  readonly replica: Replica<KvResult>;
  /** The machine that the replica applies commands to. */
  readonly machine: KvMachine;
  /** The listener that the machine was made with. */
  readonly feed: WatchFeed;
  readonly host: string;
  /** Zero for any that is free. */
  readonly port: number;
  /** Of which requests must bring one; none if everybody may do everything. All servers of a cluster need the same. */
  readonly tokens: readonly string[];
  readonly whenNotLeader: "forward" | "redirect";
  readonly limits: ServiceLimits;
  /** What a tick of the replica takes. */
  readonly tickMs: number;
  /** How often watchers are told how far they are. */
  readonly watchProgressMs: number;
  readonly metrics: Metrics;
  readonly registry: Registry;
  readonly logger: Logger;
  /** A line for each request costs a third of the throughput. */
  readonly requestLog: "none" | "all";
}

export interface Service {
  /** "host:port" where it listens. */
  readonly address: string;
  /** What is served, as the HTTP library has it; parameters of paths are in braces. */
  readonly routes: readonly { readonly method: string; readonly path: string }[];
  /** Ends watches, lets the requests under way come to their end, and closes the port. The replica goes on. */
  close(): Promise<void>;
}

export interface ServiceProblem {
  readonly code: "port-in-use" | "port-forbidden" | "no-such-address";
  readonly message: string;
  /** What to try. */
  readonly hint: string;
}

export class ServiceError extends Error {
  override readonly name = "ServiceError";
  readonly problem: ServiceProblem;

  constructor(problem: ServiceProblem, cause: unknown) {
    super(`${problem.message}: ${problem.hint}`, { cause });
    this.problem = problem;
  }
}

/** Serves the API of docs/kv.md. Rejects with `ServiceError` where it cannot listen. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { replica, limits, feed, logger } = options;
  const { id } = replica.status();
  const forwarder = new Forwarder(id, limits.forwardConnectionsMax, limits.requestTimeoutMs);
  const context: Context = { ...options, forwarder, isStopping: false };
  const { server, routes } = createServer(options, context);
  try {
    await server.listen({ host: options.host, port: options.port });
  } catch (error) {
    throw listenError(error, options);
  }
  const { address, family, port } = server.server.address() as AddressInfo;
  logger.info({ address, port }, "the service listens");
  const progress = setInterval(() => feed.progress(options.machine.revision), options.watchProgressMs);
  return {
    address: family === "IPv6" ? `[${address}]:${port}` : `${address}:${port}`,
    routes,
    close: async () => {
      context.isStopping = true;
      clearInterval(progress);
      feed.close();
      await server.close();
      forwarder.close();
      logger.info({ address, port }, "the service is closed");
    },
  };
}

function createServer(
  options: ServiceOptions,
  context: Context,
): { readonly server: FastifyInstance; readonly routes: Service["routes"] } {
  const routes: { method: string; path: string }[] = [];
  const server = fastify({
    // Its own logger would make one for each request.
    logger: false,
    bodyLimit: options.limits.requestBytesMax,
    exposeHeadRoutes: false,
    forceCloseConnections: "idle",
    routerOptions: { maxParamLength: 3 * options.limits.keyBytesMax },
    // Numbers are not taken for texts, nor are unknown fields dropped: what a client says wrongly it is told.
    ajv: { customOptions: { coerceTypes: false, removeAdditional: false, useDefaults: false, allowUnionTypes: true } },
  });
  server.addHook("onRoute", ({ method, url }) => {
    routes.push({ method: String(method), path: url.replaceAll(/:(\w+)/g, "{$1}") });
  });
  addHooks(server, options);
  server.setErrorHandler(async (error: FastifyError | ApiError, request, reply) => {
    const known = error instanceof ApiError ? error : foreignError(error);
    if (known.code === "too-large") await heardOut(request.raw);
    if (known.code === "internal") options.logger.error({ err: error, url: request.url }, "a request failed");
    return sendError(reply, known);
  });
  server.setNotFoundHandler((request, reply) =>
    sendError(reply, new ApiError("route-not-found", `there is no ${request.method} ${request.url.split("?")[0]}`)),
  );
  const handlers = createHandlers(options);
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    const handler = handlers[id as OperationId];
    server.route({
      method: operation.method,
      url: routePath(operation),
      schema: requestSchema(operation),
      config: { operation: id, needsToken: operation.needsToken },
      handler: (request, reply) => handler(context, request, reply),
    });
  }
  return { server, routes };
}

const HEARING_MS_MAX = 2000;

/**
 * Lets a body that is not wanted run out, for a while: who still sends when the connection is closed does not get to
 * read why.
 */
function heardOut(body: IncomingMessage): Promise<void> {
  if (body.readableEnded || body.destroyed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(done, HEARING_MS_MAX);
    function done(): void {
      clearTimeout(timer);
      body.off("end", done).off("close", done);
      resolve();
    }
    body.on("end", done).on("close", done).resume();
  });
}

interface RouteConfig {
  readonly operation?: OperationId;
  readonly needsToken?: boolean;
}

function addHooks(server: FastifyInstance, { limits, tokens, metrics, logger, requestLog }: ServiceOptions): void {
  const authorization = new Authorization(tokens);
  let underWay = 0;
  server.addHook("onRequest", (request, _reply, done) => {
    const { operation, needsToken } = configOf(request);
    if (operation !== "watch") underWay += 1;
    if (needsToken !== false && !authorization.permits(request.headers.authorization)) {
      done(new ApiError("unauthorized", "the request brings no token that this server knows"));
    } else if (underWay > limits.requestsMax && operation !== "health" && operation !== "live") {
      done(new ApiError("overloaded", `${limits.requestsMax} requests are under way`, {}, 100));
    } else {
      done();
    }
  });
  server.addHook("onResponse", (request, reply, done) => {
    const { operation } = configOf(request);
    if (operation !== "watch") underWay -= 1;
    metrics.requestDone(operation ?? "none", reply.statusCode, reply.elapsedTime);
    if (requestLog === "all") {
      logger.info({ operation, url: request.url, status: reply.statusCode, ms: reply.elapsedTime }, "request");
    }
    done();
  });
}

function configOf(request: FastifyRequest): RouteConfig {
  return request.routeOptions.config as RouteConfig;
}

function createHandlers({ registry }: ServiceOptions): Record<OperationId, keys.Handler> {
  const openApi = JSON.stringify(openApiDocument());
  return {
    getKey: keys.getKey,
    putKey: keys.putKey,
    deleteKey: keys.deleteKey,
    compareAndSwap: keys.compareAndSwap,
    append: keys.append,
    range: keys.range,
    watch,
    openSession: cluster.openSession,
    closeSession: cluster.closeSession,
    clusterStatus: cluster.status,
    transferLeadership: cluster.transfer,
    addMember: cluster.addMember,
    removeMember: cluster.removeMember,
    health: cluster.health,
    live: cluster.live,
    metrics: async (_context, _request, reply) =>
      reply.header("content-type", registry.contentType).send(await registry.metrics()),
    openapi: async (_context, _request, reply) => keys.sendJson(reply, openApi),
  };
}

function sendError(reply: FastifyReply, error: ApiError): FastifyReply {
  // The header knows whole seconds only; the body says it in milliseconds.
  if (error.retryAfterMs !== null) reply.header("retry-after", Math.max(1, Math.ceil(error.retryAfterMs / 1000)));
  if (error.code === "unauthorized") reply.header("www-authenticate", "Bearer");
  return keys.sendJson(reply.code(error.status), error.body);
}

/** An error of the HTTP library. Its own faults are not told to clients. */
function foreignError(error: FastifyError): ApiError {
  if (error.validation !== undefined) return new ApiError("invalid-request", error.message);
  const status = error.statusCode ?? 500;
  if (status === 413) return new ApiError("too-large", error.message);
  if (status === 415) return new ApiError("unsupported-media-type", error.message);
  if (status >= 400 && status < 500) return new ApiError("invalid-request", error.message);
  return new ApiError("internal", "the server failed at this request, and its log says why");
}

const NO_SUCH_ADDRESS = {
  code: "no-such-address",
  why: "this machine has no such address",
  hint: "choose an address that this machine has",
} as const;

const LISTEN_PROBLEMS: Readonly<Record<string, { code: ServiceProblem["code"]; why: string; hint: string }>> = {
  EADDRINUSE: {
    code: "port-in-use",
    why: "another program has the port",
    hint: "stop that program, or choose another port",
  },
  EACCES: { code: "port-forbidden", why: "this user may not open the port", hint: "choose a port above 1023" },
  EADDRNOTAVAIL: NO_SUCH_ADDRESS,
  ENOTFOUND: NO_SUCH_ADDRESS,
};

function listenError(error: unknown, { host, port }: ServiceOptions): unknown {
  const found = LISTEN_PROBLEMS[(error as NodeJS.ErrnoException).code ?? ""];
  if (found === undefined) return error;
  const { code, why, hint } = found;
  return new ServiceError({ code, hint, message: `the service cannot listen on ${host}:${port}: ${why}` }, error);
}
