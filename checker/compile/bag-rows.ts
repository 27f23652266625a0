/**
 * A bag in a row of a frontier: how many entries there are, and the entries in the order of their numbers, two of them in
 * a word. Where a number is too great for half a word, or there are too many copies, the count is less than zero, and
 * each entry has a word. The contents alone decide which form it is, so that equal bags are equal words.
 */
import { copiesShift, numberMask } from "./entries.ts";
import { withRoom } from "./room.ts";

const halfShift = 12;
export const halfMask = (1 << halfShift) - 1;
const halfCopiesMax = (1 << (16 - halfShift)) - 1;

/** Changes to bags, as a leaf lists them from `first` to `last`: bag, number, copies before and copies after. */
interface Changes {
  readonly T: Int32Array;
  readonly first: number;
  readonly last: number;
}

/** Entries of the bag at `at`. */
export function entriesOf(row: Int32Array, at: number): number {
  const header = row[at] as number;
  return header < 0 ? -header : header;
}

/** Where the bag ends that begins at `at`. */
export function bagEnd(row: Int32Array, at: number): number {
  const header = row[at] as number;
  return at + 1 + (header < 0 ? -header : (header + 1) >> 1);
}

/** Reads the entries of the bag at `at` to the beginning of `list`, which has room for one more. Returns how many there are. */
function readBag(row: Int32Array, at: number, list: Int32Array): number {
  const header = row[at] as number;
  if (header < 0) {
    for (let i = 0; i < -header; i += 1) list[i] = row[at + 1 + i] as number;
    return -header;
  }
  for (let i = 0, word = at + 1; i < header; i += 2, word += 1) {
    const pair = row[word] as number;
    list[i] = (pair & halfMask) | (((pair >>> halfShift) & halfCopiesMax) << copiesShift);
    list[i + 1] = ((pair >>> 16) & halfMask) | ((pair >>> (16 + halfShift)) << copiesShift);
  }
  return header;
}

/**
 * The same, with the copies of each number put into `copies`, which has room for all of them and is at least `halfMask + 1`
 * long. Returns the copies of all elements together.
 */
export function loadBag(row: Int32Array, at: number, list: Int32Array, copies: Uint8Array): number {
  const header = row[at] as number;
  let size = 0;
  if (header < 0) {
    for (let i = 0; i < -header; i += 1) {
      const entry = row[at + 1 + i] as number;
      list[i] = entry;
      copies[entry & numberMask] = entry >>> copiesShift;
      size += entry >>> copiesShift;
    }
    return size;
  }
  for (let i = 0, word = at + 1; i < header; i += 2, word += 1) {
    const pair = row[word] as number;
    const one = pair & halfMask;
    const ones = (pair >>> halfShift) & halfCopiesMax;
    list[i] = one | (ones << copiesShift);
    copies[one] = ones;
    size += ones;
    if (i + 1 === header) break;
    const other = (pair >>> 16) & halfMask;
    const others = pair >>> (16 + halfShift);
    list[i + 1] = other | (others << copiesShift);
    copies[other] = others;
    size += others;
  }
  return size;
}

/** Writes bags with changes, into rows that have a word for each entry and each change. */
export class BagWriter {
  #list = new Int32Array(64);

  /** Writes the bag at `from` in `source` to `to` in `row`, with what is changed in it. Returns the end. */
  write(bag: number, changes: Changes, source: Int32Array, from: number, row: Int32Array, to: number): number {
    const { T, first, last } = changes;
    let isChanged = false;
    for (let at = first; at < last; at += 4) isChanged ||= T[at] === bag;
    if (!isChanged) {
      const end = bagEnd(source, from);
      for (let at = from; at < end; at += 1) row[to + at - from] = source[at] as number;
      return to + end - from;
    }
    const list = withRoom(this.#list, entriesOf(source, from) + 2 + (last - first) / 4);
    this.#list = list;
    let count = readBag(source, from, list);
    for (let at = first; at < last; at += 4) {
      if (T[at] === bag) count = changed(list, count, T[at + 1] as number, T[at + 3] as number);
    }
    return writeBag(list, count, row, to);
  }
}

/** Writes so many entries as a bag. Returns the end. */
function writeBag(list: Int32Array, count: number, row: Int32Array, to: number): number {
  row[to] = count;
  let end = to + 1;
  let bits = 0;
  list[count] = 0;
  for (let i = 0; i < count; i += 2, end += 1) {
    const one = list[i] as number;
    const other = list[i + 1] as number;
    bits |= one | other;
    row[end] = half(one) | (half(other) << 16);
  }
  if ((bits & numberMask) <= halfMask && bits >>> copiesShift <= halfCopiesMax) return end;
  row[to] = -count;
  for (let i = 0; i < count; i += 1) row[to + 1 + i] = list[i] as number;
  return to + 1 + count;
}

/** Writes to `to` a row with so many words and bags, without its head, with a word for each entry. Returns the end. */
export function unfoldRow(row: Int32Array, words: number, bags: number, to: Int32Array): number {
  for (let word = 0; word < words; word += 1) to[word] = row[word] as number;
  let at = words;
  let end = words;
  for (let bag = 0; bag < bags; bag += 1) {
    to[end] = readBag(row, at, to.subarray(end + 1));
    end += 1 + (to[end] as number);
    at = bagEnd(row, at);
  }
  return end;
}

/** The row of which `unfoldRow` has made these words. */
export function foldRow(unfolded: Int32Array, words: number, bags: number): Int32Array {
  const row = new Int32Array(unfolded.length);
  row.set(unfolded.subarray(0, words));
  let at = words;
  let end = words;
  for (let bag = 0; bag < bags; bag += 1) {
    const count = unfolded[at] as number;
    const list = new Int32Array(count + 1);
    list.set(unfolded.subarray(at + 1, at + 1 + count));
    end = writeBag(list, count, row, end);
    at += 1 + count;
  }
  return row.subarray(0, end);
}

function half(entry: number): number {
  return (entry & halfMask) | ((entry >>> copiesShift) << halfShift);
}

/** Makes it this many copies of a number, in entries in the order of their numbers. Returns the new count. */
function changed(list: Int32Array, count: number, number: number, copies: number): number {
  let at = 0;
  while (at < count && ((list[at] as number) & numberMask) < number) at += 1;
  const isThere = at < count && ((list[at] as number) & numberMask) === number;
  if (copies === 0) {
    if (!isThere) return count;
    for (let i = at + 1; i < count; i += 1) list[i - 1] = list[i] as number;
    return count - 1;
  }
  if (!isThere) for (let i = count; i > at; i -= 1) list[i] = list[i - 1] as number;
  list[at] = number | (copies << copiesShift);
  return isThere ? count : count + 1;
}
