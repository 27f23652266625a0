type Value = string | null | readonly [string | null, string];

/** What the clients saw, in the format of docs/histories.md. */
export class History {
  readonly #lines: string[] = [];
  ok = 0;
  failed = 0;
  unknown = 0;

  invoke(process: number, f: string, key: string, value: Value, time: number): void {
    this.#add(process, "invoke", f, key, value, time);
  }

  returned(process: number, f: string, key: string, value: Value, time: number): void {
    this.ok += 1;
    this.#add(process, "ok", f, key, value, time);
  }

  /** A compare-and-swap that found another value. */
  mismatch(process: number, key: string, value: Value, time: number): void {
    this.failed += 1;
    this.#add(process, "fail", "cas", key, value, time);
  }

  info(process: number, f: string, key: string, value: Value, time: number): void {
    this.unknown += 1;
    this.#add(process, "info", f, key, value, time);
  }

  get operations(): number {
    return this.ok + this.failed + this.unknown;
  }

  /** One event a line. */
  text(): string {
    return this.#lines.length === 0 ? "" : `${this.#lines.join("\n")}\n`;
  }

  #add(process: number, type: string, f: string, key: string, value: Value, time: number): void {
    this.#lines.push(JSON.stringify({ process, type, f, key, value, time: time * 1000 }));
  }
}
