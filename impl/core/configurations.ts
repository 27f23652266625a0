import type { Configuration } from "./configuration.ts";
import type { Entry } from "./entry.ts";

interface Placed {
  readonly index: number;
  readonly configuration: Configuration;
}

/** The configurations of the log in its order, with the one that was in force where the log begins. */
export class Configurations {
  readonly #placed: Placed[];

  constructor(base: Placed, entries: readonly Entry[]) {
    this.#placed = [base];
    for (const entry of entries) if (entry.index > base.index) this.append(entry);
  }

  /** The one that is in force: the last of the log, committed or not. */
  get latest(): Configuration {
    return this.#last.configuration;
  }

  /** Index of the entry that brought the latest one; up to the snapshot's where none is in the log. */
  get latestIndex(): number {
    return this.#last.index;
  }

  /** The one before the latest, where that is in the log; else the latest. */
  get previous(): Configuration {
    return (this.#placed[this.#placed.length - 2] ?? this.#last).configuration;
  }

  append(entry: Entry): void {
    if (entry.kind === "configuration") {
      this.#placed.push({ index: entry.index, configuration: entry.configuration });
    }
  }

  /** Goes back to what was in force before `index`. */
  truncateFrom(index: number): void {
    while (this.#placed.length > 1 && this.#last.index >= index) this.#placed.pop();
  }

  /** What is in force at `index`, which is not before the base. */
  at(index: number): Configuration {
    let found = this.#first;
    for (const placed of this.#placed) if (placed.index <= index) found = placed;
    return found.configuration;
  }

  /** Forgets what is over at `index`. */
  compactTo(index: number): void {
    while (this.#placed.length > 1 && (this.#placed[1] as Placed).index <= index) this.#placed.shift();
  }

  reset(base: Placed): void {
    this.#placed.length = 0;
    this.#placed.push(base);
  }

  get #first(): Placed {
    return this.#placed[0] as Placed;
  }

  get #last(): Placed {
    return this.#placed[this.#placed.length - 1] as Placed;
  }
}
