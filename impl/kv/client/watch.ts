import type { IncomingMessage } from "node:http";
import { type WatchedChange, watchedChange } from "./answers.ts";
import type { Caller } from "./caller.ts";
import { eventsOf, type StreamEvent } from "./event-stream.ts";
import { collect } from "./exchange.ts";
import { failedAttempt, WatchError } from "./failure.ts";
import { queryOf } from "./requests.ts";

export type WatchScope =
  | { readonly kind: "key"; readonly key: string }
  | { readonly kind: "prefix"; readonly prefix: string };

/** Changes in the order of revisions, each once. See `Client.watch`. */
export async function* watchChanges(
  caller: Caller,
  scope: WatchScope,
  from: number | null,
  signal: AbortSignal,
): AsyncGenerator<WatchedChange, void, undefined> {
  let next = from;
  let failures = 0;
  let address = caller.address;
  while (!signal.aborted) {
    const stream = await connected(caller, address, pathOf(scope, next), signal);
    if (stream !== null) {
      for await (const event of eventsUntilLost(stream, signal)) {
        failures = 0;
        if (event.name === "cut-off") break;
        const { revision } = JSON.parse(event.data) as { readonly revision: number };
        next = revision + 1;
        if (event.name === "change") yield watchedChange(JSON.parse(event.data));
      }
      stream.destroy();
    }
    if (signal.aborted) return;
    address = caller.nextEndpoint();
    await caller.sleep(caller.jitter(failures));
    failures += 1;
  }
}

function pathOf(scope: WatchScope, from: number | null): string {
  const what = scope.kind === "key" ? { key: scope.key } : { prefix: scope.prefix };
  return `/v1/watch${queryOf({ ...what, from })}`;
}

/** Null where another attempt may do better. */
async function connected(
  caller: Caller,
  address: string,
  path: string,
  signal: AbortSignal,
): Promise<IncomingMessage | null> {
  let response: IncomingMessage;
  try {
    response = await caller.connections.open(address, path, signal);
  } catch {
    // Nobody there, or the signal was given: the caller looks at it.
    return null;
  }
  if (response.statusCode === 200) return response;
  const { statusCode: status = 0, headers } = response;
  const { failure, isWorthRepeating } = failedAttempt({
    kind: "answered",
    status,
    headers,
    body: await collect(response),
  });
  if (!isWorthRepeating) throw new WatchError(failure);
  return null;
}

/** A connection that breaks is the end of the stream, for it can be resumed. */
async function* eventsUntilLost(
  stream: IncomingMessage,
  signal: AbortSignal,
): AsyncGenerator<StreamEvent, void, undefined> {
  try {
    yield* eventsOf(stream);
  } catch (error) {
    if (!signal.aborted && !isLostConnection(error)) throw error;
  }
}

function isLostConnection(error: unknown): boolean {
  return error instanceof Error && "code" in error;
}
