import type { ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";
import { ApiError } from "./errors.ts";
import type { Handler } from "./key-handlers.ts";
import { checkedKey } from "./values.ts";
import type { Sink } from "./watch-feed.ts";

/** How long somebody who was cut off may take to read what was sent. */
const LINGER_MS = 5000;
const SOON_MS = 1000;

export const watch: Handler = async (context, request, reply) => {
  const { feed, machine, limits } = context;
  const { key, prefix } = request.query as { readonly key?: string; readonly prefix?: string };
  if (key !== undefined && prefix !== undefined) {
    throw new ApiError("invalid-request", "a watch is of a key or of a prefix, not of both");
  }
  if (key !== undefined) checkedKey(key, limits.keyBytesMax);
  const from = firstRevision(request);
  const response = reply.raw;
  const sink = sinkTo(response);
  const subscription = feed.subscribe(key ?? prefix ?? "", key !== undefined, from ?? machine.revision + 1, sink);
  switch (subscription.kind) {
    case "too-old": {
      const { oldest } = subscription;
      const message = `the changes from revision ${from} on are not kept any more, and those from ${oldest} on are`;
      throw new ApiError("revision-too-old", message, { oldest });
    }
    case "too-many": {
      const { watchersMax } = subscription;
      throw new ApiError("overloaded", `there are ${watchersMax} watches, and no more are allowed`, {}, SOON_MS);
    }
    case "watching":
      break;
  }
  reply.hijack();
  response.on("drain", () => feed.drained(subscription.watcher));
  response.on("close", () => feed.unsubscribe(subscription.watcher));
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  const { revision } = machine;
  // Who did not say where to begin is told where that was, so that a lost connection can be resumed.
  response.write(
    from === null ? `event: progress\nid: ${revision}\ndata: {"revision":${revision}}\n\n` : ": watching\n\n",
  );
  return reply;
};

function sinkTo(response: ServerResponse): Sink {
  return {
    write: (text) => response.write(text),
    end: (text) => {
      response.end(text);
      setTimeout(() => response.destroy(), LINGER_MS).unref();
    },
  };
}

function firstRevision(request: FastifyRequest): number | null {
  const seen = request.headers["last-event-id"];
  if (typeof seen === "string") return Number(seen) + 1;
  const { from } = request.query as { readonly from?: string };
  // Revisions begin at one: zero stands for all of them as well.
  return from === undefined ? null : Math.max(1, Number(from));
}
