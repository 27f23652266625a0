/** Which function of a spec some thread has been in, and for how long. */
import type { JobCells } from "./job-cells.ts";

export interface StuckCall {
  /** See `Calls`. */
  readonly number: number;
  readonly milliseconds: number;
}

export class StuckCalls {
  readonly #slots: readonly Int32Array[];
  readonly #seen: { number: number; calls: number; since: number }[];

  constructor(cells: JobCells) {
    this.#slots = Array.from({ length: cells.slots }, (_, thread) => cells.slot(thread));
    this.#seen = this.#slots.map(() => ({ number: 0, calls: 0, since: 0 }));
  }

  /** Looks at all threads. How long a call has lasted is known as exactly as this is done often. */
  look(now: number): void {
    for (const [thread, slot] of this.#slots.entries()) {
      const seen = this.#seen[thread];
      const [number = 0, calls = 0] = slot;
      if (seen === undefined || (seen.number === number && seen.calls === calls)) continue;
      this.#seen[thread] = { number, calls, since: now };
    }
  }

  /** The call that has lasted longest; null where no thread is in one. */
  longest(now: number): StuckCall | null {
    let longest: StuckCall | null = null;
    for (const { number, since } of this.#seen) {
      if (number !== 0 && now - since > (longest?.milliseconds ?? -1)) longest = { number, milliseconds: now - since };
    }
    return longest;
  }
}
