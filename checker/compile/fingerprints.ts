/**
 * A state's fingerprint: in each of two lanes, the sum of what its cells and the elements of its bags contribute; zeroes
 * contribute nothing, and each bit of a mask counts for itself. A sum does not depend on the order of the elements, and a
 * step changes it by the contributions of what it changes, which the leaf of the step knows.
 */

import { copiesShift, numberMask } from "./entries.ts";
import type { Flyweights } from "./flyweights.ts";
import type { Layout } from "./layout.ts";
import type { Memory } from "./memory.ts";
import { finish, finishOther, seeds } from "./mix.ts";

const laneLow = 0x243f6a88;
const laneHigh = 0x13198a2e;
const golden = 0x9e3779b1;

export class Fingerprints {
  /** What was added so far. */
  low = 0;
  high = 0;
  readonly #layout: Layout;
  readonly #mask: number;
  readonly #memory: Memory;
  readonly #lowSeeds: Int32Array;
  readonly #highSeeds: Int32Array;

  /** Of each contribution the bits of `mask` are taken: all of them, but for tests that need poor fingerprints. */
  constructor(memory: Memory, mask = -1) {
    this.#mask = mask;
    const { layout } = memory;
    this.#layout = layout;
    this.#memory = memory;
    const count = 32 * layout.words + layout.bags.length;
    this.#lowSeeds = seeds(count, laneLow);
    this.#highSeeds = seeds(count, laneHigh);
  }

  start(): void {
    this.low = 0;
    this.high = 0;
  }

  /** Of the state after, from nothing. */
  ofAfter(): void {
    const { words, stride, bags } = this.#layout;
    const W = this.#memory.words;
    this.start();
    this.ofWords(W, stride);
    for (let bag = 0; bag < bags.length; bag += 1) {
      const entries = this.#memory.entriesAfter(bag);
      const different = W[stride + words + bags.length + bag] as number;
      for (let i = 0; i < different; i += 1) {
        const entry = entries[i] as number;
        this.element(bag, entry & numberMask, entry >>> copiesShift, 1);
      }
    }
  }

  /** Adds what the packed words at `from` contribute. */
  ofWords(W: Int32Array, from: number): void {
    const { word, shift, mask, cells, tables, isMask } = this.#layout;
    for (let cell = 0; cell < cells; cell += 1) {
      const at = word[cell] as number;
      const content = ((W[from + at] as number) >>> (shift[cell] as number)) & (mask[cell] as number);
      if (content === 0) continue;
      const unit = 32 * at + (shift[cell] as number);
      if (isMask[cell] === true) {
        for (let rest = content; rest !== 0; rest &= rest - 1)
          this.unit(unit + 31 - Math.clz32(rest & -rest), 1, null, 1);
      } else this.unit(unit, content, tables[cell] as Flyweights | null, 1);
    }
  }

  /** Adds (`sign` 1) or takes away (-1) what a code contributes that starts at bit `unit`, counted over all words. */
  unit(unit: number, code: number, table: Flyweights | null, sign: 1 | -1): void {
    if (code === 0) return;
    const spread = Math.imul(code, golden);
    const low = finish((table === null ? spread : (table.low[code] as number)) ^ (this.#lowSeeds[unit] as number));
    const high = finishOther(
      (table === null ? spread : (table.high[code] as number)) ^ (this.#highSeeds[unit] as number),
    );
    this.#add(low, high, sign);
  }

  /** The same for an element of a bag with this many copies; none contribute nothing. */
  element(bag: number, number: number, copies: number, sign: 1 | -1): void {
    if (copies === 0) return;
    const at = 32 * this.#layout.words + bag;
    const { table } = this.#layout.bags[bag] as Layout["bags"][number];
    const spread = Math.imul(copies, golden);
    const low = finish(((table.low[number] as number) + spread) ^ (this.#lowSeeds[at] as number));
    const high = finishOther(((table.high[number] as number) + spread) ^ (this.#highSeeds[at] as number));
    this.#add(low, high, sign);
  }

  #add(low: number, high: number, sign: 1 | -1): void {
    const l = low & this.#mask;
    const h = high & this.#mask;
    this.low = (sign === 1 ? this.low + l : this.low - l) | 0;
    this.high = (sign === 1 ? this.high + h : this.high - h) | 0;
  }
}
