/** Values as a history has them: null for a key that is not there. */
export type Text = string | null;

export interface Call {
  readonly f: "get" | "put" | "append" | "cas" | "delete";
  readonly key: string;
  /** What is written; `[from, to]` of a cas; null for reads and deletions. */
  readonly value: Text | readonly [Text, string];
}

/** A few keys and all that clients did with them, in the format of docs/histories.md. Keys of a new epoch are new. */
export class Epoch {
  readonly keys: readonly string[];
  /** Operations that were begun. */
  begun = 0;
  /** Operations that are under way. */
  open = 0;
  /** Whether it is unknown of some operation what became of it: it may take effect yet. */
  isDoubtful = false;
  readonly #lines: string[] = [];

  constructor(name: string, keyCount: number) {
    this.keys = Array.from({ length: keyCount }, (_, i) => `${name}/${i}`);
  }

  invoke(process: number, call: Call): void {
    this.begun += 1;
    this.open += 1;
    this.#add(process, "invoke", call, {});
  }

  ok(process: number, call: Call): void {
    this.open -= 1;
    this.#add(process, "ok", call, {});
  }

  /** It had no effect: because of an error, or because a cas found another value. */
  fail(process: number, call: Call, error: string | null): void {
    this.open -= 1;
    this.#add(process, "fail", call, error === null ? {} : { error });
  }

  info(process: number, call: Call, error: string): void {
    this.open -= 1;
    this.isDoubtful = true;
    this.#add(process, "info", call, { error });
  }

  get text(): string {
    return this.#lines.map((line) => `${line}\n`).join("");
  }

  #add(process: number, type: string, { f, key, value }: Call, more: object): void {
    const time = Math.round(performance.now() * 1e6);
    this.#lines.push(JSON.stringify({ process, type, f, key, value, time, ...more }));
  }
}
