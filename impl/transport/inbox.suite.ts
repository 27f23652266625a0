import type { Heartbeat, Message } from "../core/message.ts";
import type { Log, LogFields } from "./options.ts";

/** Keeps what came, and lets a test wait for it. */
export class Inbox<Thing> {
  readonly all: Thing[] = [];
  readonly #waiting = new Set<() => void>();

  readonly add = (thing: Thing): void => {
    this.all.push(thing);
    for (const wake of [...this.#waiting]) wake();
  };

  /** The first that fits, which may have come already. */
  async first(fits: (thing: Thing) => boolean): Promise<Thing> {
    for (;;) {
      const found = this.all.find(fits);
      if (found !== undefined) return found;
      await this.#next();
    }
  }

  async count(count: number): Promise<readonly Thing[]> {
    while (this.all.length < count) await this.#next();
    return this.all;
  }

  #next(): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        this.#waiting.delete(wake);
        resolve();
      };
      this.#waiting.add(wake);
    });
  }
}

interface LogLine {
  readonly level: string;
  readonly message: string;
  readonly fields: LogFields;
}

/** A log that can be waited for. */
export class LogBook extends Inbox<LogLine> {
  readonly log: Log = (level, message, fields) => this.add({ level, message, fields });

  said(message: string): Promise<LogLine> {
    return this.first((line) => line.message === message);
  }
}

export function heartbeat(from: string, to: string, round: number): Heartbeat {
  return { kind: "heartbeat", id: round, from, to, term: 1, clock: 0, commit: 0, round };
}

export function append(from: string, to: string, id: number, bytes: number): Message {
  const entry = { kind: "command" as const, index: id + 1, term: 1, data: new Uint8Array(bytes).fill(id) };
  return {
    kind: "append-request",
    id,
    from,
    to,
    term: 1,
    clock: 0,
    prevIndex: id,
    prevTerm: 1,
    entries: [entry],
    commit: 0,
  };
}

const AGAIN_MS = 5;

/** Sends heartbeats, as a leader does, until one of them is there. */
export async function sendUntilHeard(
  send: (message: Message) => void,
  message: Heartbeat,
  inbox: Inbox<Message>,
): Promise<void> {
  const again = setInterval(() => send(message), AGAIN_MS);
  await inbox.first((one) => one.kind === "heartbeat" && one.round === message.round && one.to === message.to);
  clearInterval(again);
}
