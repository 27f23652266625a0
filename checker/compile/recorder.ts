/**
 * Runs functions of a spec on views and takes notes: what was read of the state, in which order and with which result,
 * and what was written. The functions are pure, so another state that answers the same questions in the same way gets
 * the same result: that is what `tries.ts` makes use of.
 */
import { BoundError, refuseChange } from "../../spec/lang/index.ts";
import { copiesMax, numberMask } from "./entries.ts";
import type { Fingerprints } from "./fingerprints.ts";
import { Signature } from "./layout.ts";
import type { Memory } from "./memory.ts";
import type { Access, Stray } from "./places/slot.ts";
import { Pretence } from "./pretence.ts";

/** What a question asks for: bits of a word, the copies of a number in a bag, or an entry of a bag by its position. */
export const ask = { bits: 0, copies: 1, entry: 2 } as const;

/** One question and its answer. For bits: word, shift, mask. For copies: bag, number. For an entry: bag, position. */
export interface Question {
  readonly ask: number;
  readonly a: number;
  readonly b: number;
  readonly c: number;
  readonly answer: number;
}

interface Change {
  readonly bag: number;
  readonly number: number;
  copies: number;
  readonly before: number;
}

export class Recorder implements Access {
  readonly #memory: Memory;
  /** In the draft, cells and bags of the state after are those of the state before, with changes. */
  #drafting = false;
  #noting = true;
  questions: Question[] = [];
  /** By word of both states: the bits that were asked for. */
  readonly #asked: Int32Array;
  /** The draft's words, which bits of them were written, and in which units: the first bit and the mask of each. */
  readonly #draft: Int32Array;
  readonly #written: Int32Array;
  readonly #units = new Map<number, number>();
  readonly #fingerprints: Fingerprints;
  readonly #signature: Signature;
  readonly strays = new Map<number, Stray>();
  run = 0;
  /** Cells and bags of places that were replaced, as they were; their numbers follow those of both states. */
  readonly #keptCells: number[] = [];
  readonly #keptBags: Map<number, number>[] = [];
  #changes: Change[] = [];
  readonly #counted = new Set<number>();
  readonly search = new Pretence();

  constructor(memory: Memory, fingerprints: Fingerprints) {
    const { stride } = memory.layout;
    this.#memory = memory;
    this.#fingerprints = fingerprints;
    this.#signature = new Signature(memory.layout);
    this.#asked = new Int32Array(2 * stride);
    this.#draft = new Int32Array(stride);
    this.#written = new Int32Array(stride);
  }

  /** Begins afresh. `drafting`: what is done to the state after starts from the state before. */
  start(drafting: boolean, noting: boolean): void {
    const { stride } = this.#memory.layout;
    this.#drafting = drafting;
    this.#noting = noting;
    if (this.questions.length > 0) this.questions = [];
    if (this.#changes.length > 0) this.#changes = [];
    if (noting) {
      this.#asked.fill(0);
      this.#counted.clear();
    }
    this.run += 1;
    if (this.strays.size > 0) this.strays.clear();
    if (this.#keptCells.length > 0) this.#keptCells.length = 0;
    if (this.#keptBags.length > 0) this.#keptBags.length = 0;
    if (!drafting) return;
    if (this.#units.size > 0) this.#units.clear();
    const { words } = this.#memory;
    for (let word = 0; word < stride; word += 1) {
      this.#draft[word] = words[word] ?? 0;
      this.#written[word] = 0;
    }
  }

  /** Ends an effect. Throws `BoundError` where it left a field out of range. */
  settle(): void {
    if (this.strays.size === 0) return;
    for (const [cell, { value, encode }] of [...this.strays]) {
      if (cell < 2 * this.#memory.layout.cells) this.wr(cell, encode(value));
    }
  }

  /**
   * What the draft's writes and changes come to, as a leaf's words after the first. The old content of all that was
   * written is asked for, so that the leaf can say by how much the fingerprint changes.
   */
  draftedStep(result: number): readonly number[] {
    const { words: W, layout } = this.#memory;
    const F = this.#fingerprints;
    const clear = new Map<number, number>();
    F.start();
    this.#signature.clear();
    for (const [unit, mask] of this.#units) {
      const word = unit >>> 5;
      const shift = unit & 31;
      this.#note(word, shift, mask);
      const old = ((W[word] ?? 0) >>> shift) & mask;
      const now = ((this.#draft[word] ?? 0) >>> shift) & mask;
      if (old === now) continue;
      const table = layout.tables[layout.cellOfBit[unit] ?? 0] ?? null;
      F.unit(unit, old, table, -1);
      F.unit(unit, now, table, 1);
      this.#signature.addBits(word, mask << shift);
      clear.set(word, (clear.get(word) ?? 0) | (mask << shift));
    }
    const changes = this.#changes.filter(({ before, copies }) => before !== copies);
    for (const { bag, number, before, copies } of changes) {
      F.element(bag, number, before, -1);
      F.element(bag, number, copies, 1);
      this.#signature.addBag(bag);
    }
    const writes = [...clear].flatMap(([word, bits]) => [word, bits, (this.#draft[word] ?? 0) & bits]);
    const changed = changes.flatMap(({ bag, number, before, copies }) => [bag, number, before, copies]);
    const { low, high } = this.#signature;
    return [result, clear.size, changes.length, F.low, F.high, low, high, ...writes, ...changed];
  }

  /** Where the questions asked since `start` look, as a signature. */
  footprint(): readonly [low: number, high: number] {
    this.#signature.clear();
    for (const { ask: kind, a, b, c } of this.questions) {
      if (kind === ask.bits) this.#signature.addBits(a, c << b);
      else this.#signature.addBag(a);
    }
    return [this.#signature.low, this.#signature.high];
  }

  rd = (cell: number): number => {
    const { cells, word, shift, mask } = this.#memory.layout;
    if (cell >= 2 * cells) return this.#keptCells[cell - 2 * cells] ?? 0;
    return this.#bits(word[cell] ?? 0, shift[cell] ?? 0, mask[cell] ?? 0);
  };

  wr = (cell: number, code: number): void => {
    if (!this.#drafting || cell < this.#memory.layout.cells) refuseChange("readonly");
    const { cells, word, shift, mask, isMask } = this.#memory.layout;
    if (this.strays.size > 0) this.strays.delete(cell);
    const at = word[cell] ?? 0;
    const from = shift[cell] ?? 0;
    if (isMask[cell - cells] !== true) this.#put(at, from, mask[cell] ?? 0, code);
    else
      for (let bit = 0; bit < 32 && (mask[cell] ?? 0) >>> bit !== 0; bit += 1)
        this.#put(at, from + bit, 1, code >>> bit);
  };

  keep = (cell: number, cells: number, bag: number, bags: number): { readonly cell: number; readonly bag: number } => {
    const { layout } = this.#memory;
    const kept = {
      cell: 2 * layout.cells + this.#keptCells.length,
      bag: 2 * layout.bags.length + this.#keptBags.length,
    };
    for (let i = 0; i < cells; i += 1) {
      const stray = this.strays.get(cell + i);
      if (stray !== undefined) this.strays.set(kept.cell + i, stray);
      this.strays.delete(cell + i);
      this.#keptCells.push(this.rd(cell + i));
    }
    for (let i = 0; i < bags; i += 1) {
      const numbers = this.numbers(bag + i);
      this.#keptBags.push(new Map(numbers.map((number) => [number, this.count(bag + i, number)])));
    }
    return kept;
  };

  rdb = (cell: number, bit: number): number => {
    const { cells, word, shift } = this.#memory.layout;
    if (cell >= 2 * cells) return (this.rd(cell) >>> bit) & 1;
    return this.#bits(word[cell] ?? 0, (shift[cell] ?? 0) + bit, 1);
  };

  wrb = (cell: number, bit: number, value: number): void => {
    if (!this.#drafting || cell < this.#memory.layout.cells) refuseChange("readonly");
    const { word, shift } = this.#memory.layout;
    this.#put(word[cell] ?? 0, (shift[cell] ?? 0) + bit, 1, value);
  };

  size = (bag: number): number => {
    this.search.refuseLook();
    const kept = this.#keptBag(bag);
    if (kept !== null) return [...kept.values()].reduce((sum, copies) => sum + copies, 0);
    const { words, bags, stride } = this.#memory.layout;
    const own = bag % bags.length;
    return this.#bits((bag < bags.length ? 0 : stride) + words + own, 0, -1);
  };

  count = (bag: number, number: number): number => {
    this.search.refuseLook();
    const kept = this.#keptBag(bag);
    if (kept !== null) return kept.get(number) ?? 0;
    const { bags } = this.#memory.layout;
    const after = bag >= bags.length;
    const own = after ? bag - bags.length : bag;
    if (after && this.#drafting) {
      const change = this.#changeOf(own, number);
      if (change !== undefined) return change.copies;
    }
    const asked = this.#drafting ? own : bag;
    const copies = this.#copiesOf(asked, number);
    if (this.#noting) {
      const id = asked * 0x1000000 + number;
      if (!this.#counted.has(id)) {
        this.#counted.add(id);
        this.questions.push({ ask: ask.copies, a: asked, b: number, c: 0, answer: copies });
      }
    }
    return copies;
  };

  change = (bag: number, number: number, copies: number): void => {
    const { bags, words } = this.#memory.layout;
    const own = bag - bags.length;
    if (!this.#drafting || own < 0) refuseChange("readonly");
    if (copies > copiesMax) throw new BoundError(`bag ${own}`, `${copies} copies`, `at most ${copiesMax}`);
    const old = this.count(bag, number);
    const known = this.#changeOf(own, number);
    if (known === undefined) this.#changes.push({ bag: own, number, copies, before: old });
    else known.copies = copies;
    this.#add(words + own, copies - old);
    this.#add(words + bags.length + own, (copies > 0 ? 1 : 0) - (old > 0 ? 1 : 0));
  };

  numbers = (bag: number): number[] => {
    this.search.refuseLook();
    const keptBag = this.#keptBag(bag);
    if (keptBag !== null) return [...keptBag.keys()];
    const { bags, words, stride } = this.#memory.layout;
    const after = bag >= bags.length;
    const own = after ? bag - bags.length : bag;
    const asked = this.#drafting ? own : bag;
    const word = (asked < bags.length ? 0 : stride) + words + bags.length + own;
    const different = this.#memory.words[word] ?? 0;
    this.#note(word, 0, -1);
    const numbers: number[] = [];
    for (let at = 0; at < different; at += 1) {
      const entry = this.#memory.entryOf(asked, at);
      if (this.#noting) {
        const id = -1 - (asked * 0x1000000 + at);
        if (!this.#counted.has(id)) {
          this.#counted.add(id);
          this.questions.push({ ask: ask.entry, a: asked, b: at, c: 0, answer: entry });
        }
        this.#counted.add(asked * 0x1000000 + (entry & numberMask));
      }
      numbers.push(entry & numberMask);
    }
    if (!after || !this.#drafting) return numbers;
    const kept = numbers.filter((number) => this.#changeOf(own, number)?.copies !== 0);
    for (const { bag: changed, number, copies, before } of this.#changes)
      if (changed === own && copies > 0 && before === 0) kept.push(number);
    return kept;
  };

  clear = (bag: number): void => {
    for (const number of this.numbers(bag)) this.change(bag, number, 0);
  };

  #keptBag(bag: number): ReadonlyMap<number, number> | null {
    const { bags } = this.#memory.layout;
    return bag < 2 * bags.length ? null : (this.#keptBags[bag - 2 * bags.length] ?? null);
  }

  #changeOf(bag: number, number: number): Change | undefined {
    for (const change of this.#changes) if (change.bag === bag && change.number === number) return change;
    return undefined;
  }

  #copiesOf(bag: number, number: number): number {
    return this.#memory.countOf(bag, number);
  }

  /** Adds to a counter of the draft, whose old value nobody needs to know. */
  #add(word: number, by: number): void {
    this.#draft[word] = (this.#draft[word] ?? 0) + by;
  }

  #bits(word: number, shift: number, mask: number): number {
    const { stride } = this.#memory.layout;
    const drafted = this.#drafting && word >= stride;
    const asked = drafted ? word - stride : word;
    const bits = mask << shift;
    if (!drafted || (bits & ~(this.#written[asked] ?? 0)) !== 0) this.#note(asked, shift, mask);
    const content = drafted ? this.#draft[asked] : this.#memory.words[asked];
    return ((content ?? 0) >>> shift) & mask;
  }

  #note(word: number, shift: number, mask: number): void {
    if (!this.#noting) return;
    const bits = mask << shift;
    const asked = this.#asked[word] ?? 0;
    if ((bits & ~asked) === 0) return;
    this.#asked[word] = asked | bits;
    const answer = ((this.#memory.words[word] ?? 0) >>> shift) & mask;
    this.questions.push({ ask: ask.bits, a: word, b: shift, c: mask, answer });
  }

  #put(word: number, shift: number, mask: number, code: number): void {
    // A cell that has one value only takes no bits.
    if (mask === 0) return;
    const own = word - this.#memory.layout.stride;
    const bits = mask << shift;
    this.#draft[own] = ((this.#draft[own] ?? 0) & ~bits) | ((code << shift) & bits);
    this.#written[own] = (this.#written[own] ?? 0) | bits;
    this.#units.set(32 * own + shift, mask);
  }
}
