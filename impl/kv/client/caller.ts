import { type Asked, Connections, type Exchange } from "./exchange.ts";
import { type Called, type Failure, failedAttempt } from "./failure.ts";

export interface ClientOptions {
  /** "host:port" of the servers' client ports, one at least. */
  readonly endpoints: readonly string[];
  readonly token: string | null;
  /** For one attempt. */
  readonly requestTimeoutMs: number;
  /** For a call with all its attempts. */
  readonly deadlineMs: number;
  /** The longest wait before the second attempt; it doubles with each up to `waitMaxMs`. */
  readonly waitFirstMs: number;
  readonly waitMaxMs: number;
  readonly connectionsMax: number;
  /** From 0 to less than 1. */
  readonly random: () => number;
  /** Milliseconds of a clock that does not jump. */
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const defaultClientOptions: Omit<ClientOptions, "endpoints" | "random"> = {
  token: null,
  requestTimeoutMs: 5000,
  deadlineMs: 15_000,
  waitFirstMs: 50,
  waitMaxMs: 2000,
  connectionsMax: 256,
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** Whether a request may be sent again although an earlier attempt may have taken effect. */
export type Repeatable = "always" | "only if nothing happened";

/** Sends requests until one is answered or the deadline is over, to the server that answered last. */
export class Caller {
  readonly connections: Connections;
  readonly #options: ClientOptions;
  #address: string;
  #next = 0;

  constructor(options: ClientOptions) {
    const [first] = options.endpoints;
    if (first === undefined) throw new RangeError("a client needs one endpoint at least");
    this.#options = options;
    this.#address = first;
    this.connections = new Connections(options.token, options.connectionsMax);
  }

  /** Where the next request goes. */
  get address(): string {
    return this.#address;
  }

  /** The parsed JSON of an answer that is no error. */
  async call(asked: Asked, repeatable: Repeatable): Promise<Called<unknown>> {
    const { deadlineMs, requestTimeoutMs, now, sleep } = this.#options;
    const deadline = now() + deadlineMs;
    let happened: Failure["happened"] = "no";
    for (let attempt = 0; ; attempt += 1) {
      const address = this.#address;
      const timeout = Math.max(1, Math.min(requestTimeoutMs, deadline - now()));
      const exchange = await this.connections.exchange(address, asked, timeout);
      const value = goodAnswer(exchange);
      if (value !== undefined) {
        this.#followLeader(exchange);
        return { kind: "done", value };
      }
      const { failure, isWorthRepeating, waitMs, leaderAddress } = failedAttempt(exchange);
      if (failure.happened === "maybe") happened = "maybe";
      const failed = { kind: "failed", failure: { ...failure, happened } } as const;
      if (!isWorthRepeating || (happened === "maybe" && repeatable !== "always")) return failed;
      // Another call may have moved on already. Who is only busy is not better met elsewhere.
      if (this.#address === address && !BUSY.has(failure.code)) this.#address = leaderAddress ?? this.nextEndpoint();
      const wait = leaderAddress === null ? waitMs + this.jitter(attempt) : 0;
      if (now() + wait >= deadline) return failed;
      if (wait > 0) await sleep(wait);
    }
  }

  /** Full jitter: any wait up to the limit, so that many clients that failed together do not come back together. */
  jitter(attempt: number): number {
    const { waitFirstMs, waitMaxMs, random } = this.#options;
    return random() * Math.min(waitMaxMs, waitFirstMs * 2 ** attempt);
  }

  nextEndpoint(): string {
    const { endpoints } = this.#options;
    this.#next = (this.#next + 1) % endpoints.length;
    return endpoints[this.#next] as string;
  }

  sleep(ms: number): Promise<void> {
    return this.#options.sleep(ms);
  }

  /** A server that passed the request on says to whom: the next one takes the short way. */
  #followLeader(exchange: Exchange): void {
    const leader = exchange.kind === "answered" ? exchange.headers["lockstep-leader"] : undefined;
    if (typeof leader === "string") this.#address = leader;
  }
}

const BUSY = new Set(["overloaded", "not-ready"]);

/** Undefined for what is no good answer. */
function goodAnswer(exchange: Exchange): unknown {
  if (exchange.kind !== "answered" || exchange.status < 200 || exchange.status >= 300) return undefined;
  try {
    return JSON.parse(exchange.body);
  } catch {
    return undefined;
  }
}
