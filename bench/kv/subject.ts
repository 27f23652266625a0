import type { Reply } from "./connection.ts";

/** A cluster of three under measurement. */
export interface Cluster {
  /** The leader's address for clients. */
  readonly leader: () => Promise<{ readonly id: string; readonly host: string; readonly port: number }>;
  /** Ends the leader's process as a crash would. */
  readonly kill: (id: string) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** A store that can be measured: how it is started, and how it is asked. */
export interface Subject {
  readonly name: string;
  /** Null where it is not installed. */
  readonly start: (folder: string, port: number) => Promise<Cluster | null>;
  readonly put: (host: string, key: string, value: string) => string;
  /** Ways to read that are linearizable, by name. */
  readonly gets: Readonly<Record<string, (host: string, key: string) => string>>;
  readonly isFine: (reply: Reply) => boolean;
}

/** Tries until it gives something, for a while. The last error is part of the message. */
export async function eventually<Value>(what: string, attempt: () => Promise<Value | null>): Promise<Value> {
  const until = performance.now() + 30_000;
  let last: unknown = null;
  while (performance.now() < until) {
    try {
      const value = await attempt();
      if (value !== null) return value;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`${what} did not happen within 30 seconds`, { cause: last });
}
