import { checkHistory, historyModels, operationText, readHistory, type Verdict } from "../../checker/history/index.ts";
import type { Client } from "../../impl/kv/index.ts";
import type { Call, Epoch, Text } from "./epoch.ts";
import type { OwnKeys } from "./own-keys.ts";

/** A finding, with the history that shows it where there is one. */
export interface Finding {
  readonly what: string;
  readonly history: string | null;
}

const CHECK_MS_MAX = 60_000;
const CONFIGURATIONS_MAX = 4_000_000;
const READERS = 4;

/**
 * Checks epochs when they are over, so that a run of hours holds no more than what is going on, and remembers what
 * their keys had, to see at the end that they still have it.
 */
export class Judge {
  readonly findings: Finding[] = [];
  /** Histories that were too hard: nothing is known of them. */
  readonly undecided: Finding[] = [];
  checkedEpochs = 0;
  readonly #connect: () => Client;
  readonly #newProcess: () => number;
  /** Keys of which nothing is in doubt, with what they had. */
  readonly #settled = new Map<string, Text>();
  readonly #doubtful: Epoch[] = [];
  #queue: Promise<void> = Promise.resolve();

  constructor(connect: () => Client, newProcess: () => number) {
    this.#connect = connect;
    this.#newProcess = newProcess;
  }

  /** The epoch is judged when its last operation has come to its end. */
  take(epoch: Epoch): void {
    this.#queue = this.#queue.then(() => this.#judge(epoch));
  }

  async #judge(epoch: Epoch): Promise<void> {
    while (epoch.open > 0) await new Promise((resolve) => setTimeout(resolve, 10));
    const found = await this.#readAll(epoch.keys);
    this.#addReads(epoch, found);
    this.#check(epoch);
    if (epoch.isDoubtful) this.#doubtful.push(epoch);
    else for (const [key, text] of found) this.#settled.set(key, text);
  }

  /** With every server up and nobody writing: what was ever acknowledged is still there. */
  async finish(owners: readonly OwnKeys[]): Promise<void> {
    await this.#queue;
    for (const epoch of this.#doubtful) {
      this.#addReads(epoch, await this.#readAll(epoch.keys));
      this.#check(epoch);
    }
    const settled = await this.#readAll([...this.#settled.keys()]);
    for (const [key, text] of settled) {
      const before = this.#settled.get(key) ?? null;
      if (before === text) continue;
      const what = `${key} had ${JSON.stringify(before)} when it was last written, and has ${JSON.stringify(text)} now`;
      this.findings.push({ what, history: null });
    }
    for (const own of owners) {
      for (const [key, text] of await this.#readAll(own.keys)) {
        const problem = own.problem(key, text ?? "");
        if (problem !== null) this.findings.push({ what: problem, history: null });
      }
    }
  }

  /** Reads keys until each was read: while servers are down, this takes until they are back. */
  async #readAll(keys: readonly string[]): Promise<Map<string, Text>> {
    const found = new Map<string, Text>();
    const client = this.#connect();
    let next = 0;
    const reader = async (): Promise<void> => {
      for (;;) {
        const key = keys[next];
        next += 1;
        if (key === undefined) return;
        found.set(key, await readUntilDone(client, key));
      }
    };
    await Promise.all(Array.from({ length: READERS }, reader));
    client.close();
    return found;
  }

  #addReads(epoch: Epoch, found: ReadonlyMap<string, Text>): void {
    const process = this.#newProcess();
    for (const [key, value] of found) {
      const call: Call = { f: "get", key, value: null };
      epoch.invoke(process, call);
      epoch.ok(process, { ...call, value });
    }
  }

  #check(epoch: Epoch): void {
    const history = epoch.text;
    const verdict = verdictOf(history);
    this.checkedEpochs += 1;
    if (verdict.kind === "violated") {
      const operations = verdict.violation.operations.map(operationText).join("; ");
      this.findings.push({ what: `not linearizable: ${verdict.keys.join(", ")}: ${operations}`, history });
    }
    if (verdict.kind === "unknown") {
      this.undecided.push({ what: `the check of ${verdict.key} was given up (${verdict.by})`, history });
    }
  }
}

async function readUntilDone(client: Client, key: string): Promise<Text> {
  for (;;) {
    const called = await client.get(key, "linearizable");
    if (called.kind === "done") return called.value.item === null ? null : String(called.value.item.value);
  }
}

function verdictOf(history: string): Verdict {
  const model = historyModels.find(({ name }) => name === "kv-cas");
  if (model === undefined) throw new Error("the checker has lost its model kv-cas");
  const read = readHistory(history, model);
  if (!read.ok) throw new Error(`the history is none: line ${read.fault.line}: ${read.fault.what}`);
  const until = performance.now() + CHECK_MS_MAX;
  const isOver = (): boolean => performance.now() > until;
  return checkHistory(model, read.operations, { isOver, configurationCountMax: CONFIGURATIONS_MAX });
}
