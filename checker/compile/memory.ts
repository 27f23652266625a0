import { bagEnd, entriesOf, halfMask, loadBag } from "./bag-rows.ts";
import { copiesShift, numberMask } from "./entries.ts";
import type { Layout } from "./layout.ts";
import { withRoom } from "./room.ts";

/** The state before and the state after a step, as words, with the bags of both. */
export class Memory {
  readonly layout: Layout;
  /** Both states: `2 * stride` words. */
  readonly words: Int32Array;
  /** The entries of each bag of the state before: as many as its count of different elements says. */
  readonly entries: Int32Array[];
  /** Copies by bag and number: of the state before, and of the state after while a step is applied. */
  readonly copies: Uint8Array[];

  constructor(layout: Layout) {
    this.layout = layout;
    this.words = new Int32Array(2 * layout.stride);
    this.entries = layout.bags.map(() => new Int32Array(64));
    this.copies = layout.bags.map(() => new Uint8Array(1024));
    this.#after = layout.bags.map(() => new Int32Array(64));
    this.#madeFor = new Int32Array(layout.bags.length);
  }

  /** The step that is applied to the state after: bag, number and difference of copies, three for each change. */
  applied = new Int32Array(3 * 16);
  appliedCount = 0;
  /** The entries of each bag of the state after, and for which version of that state they were made. */
  readonly #after: Int32Array[];
  readonly #madeFor: Int32Array;
  #version = 1;

  /** Copies of a number in a bag of either state. */
  countOf(bag: number, number: number): number {
    const { bags } = this.layout;
    if (bag >= bags.length) return this.copies[bag - bags.length]?.[number] ?? 0;
    let copies = this.copies[bag]?.[number] ?? 0;
    for (let at = 0; at < 3 * this.appliedCount; at += 3)
      if (this.applied[at] === bag && this.applied[at + 1] === number) copies -= this.applied[at + 2] ?? 0;
    return copies;
  }

  /** An entry of a bag of either state; entries are in the order of their numbers. */
  entryOf(bag: number, at: number): number {
    const { bags } = this.layout;
    return (bag < bags.length ? this.entries[bag]?.[at] : this.entriesAfter(bag - bags.length)[at]) ?? 0;
  }

  /** The entries of a bag of the state after: as many as its count of different elements says. */
  entriesAfter(bag: number): Int32Array {
    let list = this.#after[bag] as Int32Array;
    if (this.#madeFor[bag] === this.#version) return list;
    this.#madeFor[bag] = this.#version;
    const { words, bags, stride } = this.layout;
    const room = (this.words[stride + words + bags.length + bag] as number) + this.appliedCount;
    if (room > list.length) {
      list = new Int32Array(2 * room);
      this.#after[bag] = list;
    }
    this.writeEntriesAfter(bag, list, 0);
    return list;
  }

  /** Writes the entries of a bag of the state after, in the order of their numbers. Returns the end. */
  writeEntriesAfter(bag: number, to: Int32Array, from: number): number {
    const { words, bags } = this.layout;
    const { applied, appliedCount } = this;
    const before = this.entries[bag] as Int32Array;
    const different = this.words[words + bags.length + bag] as number;
    let end = from;
    let changed = 0;
    for (let i = 0; i < 3 * appliedCount; i += 3) if (applied[i] === bag) changed += 1;
    if (changed === 0) {
      for (let i = 0; i < different; i += 1) to[end + i] = before[i] as number;
      return end + different;
    }
    const copies = this.copies[bag] as Uint8Array;
    for (let i = 0; i < different; i += 1) {
      const number = (before[i] as number) & numberMask;
      const now = copies[number] as number;
      to[end] = number | (now << copiesShift);
      if (now > 0) end += 1;
    }
    for (let i = 0; i < 3 * appliedCount; i += 3) {
      if (applied[i] !== bag) continue;
      const number = applied[i + 1] as number;
      const now = copies[number] as number;
      if (now === 0 || now !== applied[i + 2]) continue;
      let at = end;
      for (; at > from && ((to[at - 1] as number) & numberMask) > number; at -= 1) to[at] = to[at - 1] as number;
      to[at] = number | (now << copiesShift);
      end += 1;
    }
    return end;
  }

  /** To be called where what is applied has changed. */
  forgetAfter(): void {
    this.#version = (this.#version + 1) | 0;
  }

  /** Makes room for entries of a bag. */
  roomFor(bag: number, entries: number): Int32Array {
    const list = withRoom(this.#entriesOf(bag), entries);
    this.entries[bag] = list;
    return list;
  }

  /** The copies of a bag, with room for this number. */
  copiesFor(bag: number, number: number): Uint8Array {
    const copies = withRoom(this.copiesOf(bag), number + 1);
    this.copies[bag] = copies;
    return copies;
  }

  copiesOf(bag: number): Uint8Array {
    const copies = this.copies[bag];
    if (copies === undefined) throw new RangeError(`there is no bag ${bag}`);
    return copies;
  }

  #entriesOf(bag: number): Int32Array {
    const list = this.entries[bag];
    if (list === undefined) throw new RangeError(`there is no bag ${bag}`);
    return list;
  }

  /** Makes the state before the blank one, with empty bags. */
  blank(): void {
    this.unload();
    const { blank, stride } = this.layout;
    this.words.fill(0, 0, 2 * stride);
    this.words.set(blank, 0);
    this.words.set(blank, stride);
  }

  /** Takes the elements of the state before out of the bags. */
  unload(): void {
    const { words, bags } = this.layout;
    for (let bag = 0; bag < bags.length; bag += 1) {
      const different = this.words[words + bags.length + bag] ?? 0;
      const list = this.#entriesOf(bag);
      const copies = this.copiesOf(bag);
      for (let at = 0; at < different; at += 1) copies[(list[at] ?? 0) & numberMask] = 0;
    }
  }

  /** Reads the state before from a row at `from`, and makes the state after equal to it. Returns the end of the row. */
  load(row: Int32Array, from: number): number {
    this.unload();
    this.forgetAfter();
    const { words: W } = this;
    const { words, bags, stride } = this.layout;
    let at = from;
    for (let word = 0; word < words; word += 1) {
      const content = row[at + word] ?? 0;
      W[word] = content;
      W[stride + word] = content;
    }
    at += words;
    for (let bag = 0; bag < bags.length; bag += 1) {
      const different = entriesOf(row, at);
      const size = this.#loadBag(bag, row, at, different);
      at = bagEnd(row, at);
      W[words + bag] = size;
      W[words + bags.length + bag] = different;
      W[stride + words + bag] = size;
      W[stride + words + bags.length + bag] = different;
    }
    return at;
  }

  /** Reads the bag at `at`, which has so many entries, where no copies are left. Returns the copies of all together. */
  #loadBag(bag: number, row: Int32Array, at: number, different: number): number {
    if (different === 0) return 0;
    const last = (row[at] as number) < 0 ? (row[at + different] as number) & numberMask : 0;
    return loadBag(row, at, this.roomFor(bag, different), this.copiesFor(bag, Math.max(last, halfMask)));
  }
}
