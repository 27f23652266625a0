/**
 * Rows with a word for each entry in few bytes, to be kept and compared: the same bytes for the same row and for no other, and none are the
 * beginning of another's.
 *
 *     packed words  two at a time, a byte whose bits say which of their eight bytes are not 0, then those
 *     each bag      the number of its entries, then for each how much its number is above that of the one before
 *
 * Numbers are bytes of seven bits, the lowest first, the highest bit set in all but the last. The difference of an entry
 * less one stands above a bit that says whether a byte of copies follows; without it there is one copy.
 */
import { copiesShift, numberMask } from "./entries.ts";
import { withRoom } from "./room.ts";

/** Bytes at most of two packed words, and of a number of entries or an entry. */
const bytesOfPair = 9;
const bytesOfNumber = 5;

export class RowBytes {
  /** What was written last, with zeroes after it up to a whole word. */
  words = new Int32Array(64);
  #bytes = new Uint8Array(this.words.buffer);
  readonly #words: number;
  readonly #bags: number;

  /** Rows of so many packed words and bags. */
  constructor(words: number, bags: number) {
    this.#words = words;
    this.#bags = bags;
  }

  /** Writes the row from its first packed word at 0 to its end. Words that its bytes take. */
  write(row: Int32Array, end: number): number {
    this.#reserve(end);
    let at = this.#writeWords(row);
    let from = this.#words;
    for (let bag = 0; bag < this.#bags; bag += 1) {
      const entries = row[from] as number;
      at = this.#writeBag(row, from + 1, entries, at);
      from += 1 + entries;
    }
    const B = this.#bytes;
    for (; (at & 3) !== 0; at += 1) B[at] = 0;
    return at >>> 2;
  }

  /** Reads a row that was written. It is valid until the next is read. */
  read(words: Int32Array): Int32Array {
    const bytes = new Uint8Array(words.buffer, words.byteOffset, words.byteLength);
    const row: number[] = [];
    let at = 0;
    const number = (): number => {
      let value = 0;
      for (let shift = 0; ; shift += 7) {
        const byte = bytes[at] ?? 0;
        at += 1;
        value |= (byte & 127) << shift;
        if (byte < 128) return value;
      }
    };
    for (let word = 0; word < this.#words; word += 2) {
      const present = bytes[at] ?? 0;
      at += 1;
      const pair: [number, number] = [0, 0];
      for (let byte = 0; byte < 8; byte += 1) {
        if (((present >>> byte) & 1) === 0) continue;
        pair[byte >>> 2] = (pair[byte >>> 2] ?? 0) | ((bytes[at] ?? 0) << (8 * (byte & 3)));
        at += 1;
      }
      row.push(...pair.slice(0, this.#words - word));
    }
    for (let bag = 0; bag < this.#bags; bag += 1) {
      const entries = number();
      row.push(entries);
      for (let i = 0, above = 0; i < entries; i += 1) {
        const step = number();
        above += (step >>> 1) + 1;
        const copies = (step & 1) === 0 ? 1 : (bytes[at] ?? 0);
        at += step & 1;
        row.push(above | (copies << copiesShift));
      }
    }
    return Int32Array.from(row);
  }

  /** Makes room for the bytes of a row of this many words. */
  #reserve(rowWords: number): void {
    const most = ((this.#words + 1) >>> 1) * bytesOfPair + (rowWords - this.#words) * bytesOfNumber + 4;
    if (most <= this.#bytes.length) return;
    this.words = withRoom(this.words, (most + 3) >>> 2);
    this.#bytes = new Uint8Array(this.words.buffer);
  }

  #writeWords(row: Int32Array): number {
    const B = this.#bytes;
    const words = this.#words;
    let at = 0;
    for (let word = 0; word < words; word += 2) {
      const head = at;
      let present = 0;
      at += 1;
      for (let rest = row[word] as number, bit = 1; rest !== 0; rest >>>= 8, bit <<= 1) {
        if ((rest & 255) === 0) continue;
        present |= bit;
        B[at] = rest;
        at += 1;
      }
      if (word + 1 < words) {
        for (let rest = row[word + 1] as number, bit = 16; rest !== 0; rest >>>= 8, bit <<= 1) {
          if ((rest & 255) === 0) continue;
          present |= bit;
          B[at] = rest;
          at += 1;
        }
      }
      B[head] = present;
    }
    return at;
  }

  #writeBag(row: Int32Array, from: number, entries: number, start: number): number {
    const B = this.#bytes;
    let at = start;
    let rest = entries;
    for (; rest > 127; rest >>>= 7, at += 1) B[at] = (rest & 127) | 128;
    B[at] = rest;
    at += 1;
    let before = 0;
    for (let i = 0; i < entries; i += 1) {
      const entry = row[from + i] as number;
      const number = entry & numberMask;
      const copies = entry >>> copiesShift;
      rest = ((number - before - 1) << 1) | (copies === 1 ? 0 : 1);
      before = number;
      for (; rest > 127; rest >>>= 7, at += 1) B[at] = (rest & 127) | 128;
      B[at] = rest;
      at += 1;
      if (copies !== 1) {
        B[at] = copies;
        at += 1;
      }
    }
    return at;
  }
}
