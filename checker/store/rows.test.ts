import { describe, expect, it } from "vitest";
import { Rows } from "./rows.ts";

/** Writes a row of so many words that all hold its number. */
function write(rows: Rows, number: number, words: number): void {
  rows.reserve(words);
  rows.chunk.fill(number, rows.at, rows.at + words);
  rows.at += words;
  rows.count += 1;
}

/** The words of all chunks, without the first, which counts them. */
function wordsOf(chunks: readonly Int32Array[]): readonly number[] {
  return chunks.flatMap((chunk) => [...chunk.subarray(1, chunk[0])]);
}

function rowsOfNewChunks(): { readonly rows: Rows; readonly made: number[] } {
  const made: number[] = [];
  const rows = new Rows((words) => {
    made.push(words);
    return new Int32Array(words);
  });
  return { rows, made };
}

describe("rows", () => {
  it("come back in the order in which they were written, over as many chunks as they take", () => {
    const { rows, made } = rowsOfNewChunks();
    const lengths = Array.from({ length: 5000 }, (_, at) => 1 + (at % 23));
    for (const [at, length] of lengths.entries()) write(rows, at, length);
    expect(rows.count).toBe(5000);
    const chunks = rows.take();
    expect(chunks.length).toBe(4);
    expect(wordsOf(chunks)).toEqual(lengths.flatMap((length, at) => new Array<number>(length).fill(at)));
    expect([rows.count, rows.take(), made.length]).toEqual([0, [], 5]);
  });

  it("fill a chunk to its last word, and begin another with one word more", () => {
    const { rows } = rowsOfNewChunks();
    const room = rows.chunk.length - 1;
    write(rows, 1, room);
    expect(rows.take().map((chunk) => chunk[0])).toEqual([room + 1]);
    write(rows, 1, room);
    write(rows, 2, 1);
    expect(rows.take().map((chunk) => chunk[0])).toEqual([room + 1, 2]);
  });

  it("of more words than a chunk get one of their own", () => {
    const { rows, made } = rowsOfNewChunks();
    const [usual = 0] = made;
    write(rows, 1, 3);
    write(rows, 2, 5 * usual);
    write(rows, 3, 3);
    const chunks = rows.take();
    expect(wordsOf(chunks)).toEqual([1, 1, 1, ...new Array<number>(5 * usual).fill(2), 3, 3, 3]);
    expect(chunks.map((chunk) => chunk.length)).toEqual([usual, 5 * usual + 1, usual]);
  });

  it("go to chunks that were given back, before new ones are made", () => {
    const { rows, made } = rowsOfNewChunks();
    write(rows, 1, 10_000);
    write(rows, 2, 10_000);
    const chunks = rows.take();
    for (const chunk of chunks) rows.recycle(chunk);
    const before = made.length;
    for (const number of [3, 4, 5]) write(rows, number, 10_000);
    expect(made.length).toBe(before);
    const again = rows.take();
    expect(wordsOf(again)).toEqual([3, 4, 5].flatMap((number) => new Array<number>(10_000).fill(number)));
    expect(again.filter((chunk) => chunks.includes(chunk)).length).toBe(2);
  });
});
