import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { RowBytes } from "./row-bytes.ts";

const anyWord = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 - 1 }));
const anyNumber = fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 0xffffff }));
const anyCopies = fc.oneof(fc.constant(1), fc.integer({ min: 1, max: 255 }));
const anyBag = fc
  .uniqueArray(fc.tuple(anyNumber, anyCopies), { maxLength: 12, selector: ([number]) => number })
  .map((entries) => [...entries].sort(([a], [b]) => a - b).map(([number, copies]) => number | (copies << 24)));

interface Two {
  readonly words: number;
  readonly bags: number;
  readonly rows: readonly Int32Array[];
}

/** Two rows of one layout, which often differ in little. */
const anyTwo: fc.Arbitrary<Two> = fc.tuple(fc.nat(7), fc.nat(3)).chain(([words, bags]) => {
  const row = fc
    .tuple(
      fc.array(anyWord, { minLength: words, maxLength: words }),
      fc.array(anyBag, { minLength: bags, maxLength: bags }),
    )
    .map(([packed, lists]) => Int32Array.from([...packed, ...lists.flatMap((list) => [list.length, ...list])]));
  return fc.tuple(row, row).map((rows) => ({ words, bags, rows }));
});

function written(bytes: RowBytes, row: Int32Array): Int32Array {
  return bytes.words.slice(0, bytes.write(row, row.length));
}

describe("rows as bytes", () => {
  it("are the same rows again, whatever follows them", () => {
    fc.assert(
      fc.property(anyTwo, anyWord, ({ words, bags, rows }, after) => {
        const bytes = new RowBytes(words, bags);
        for (const row of rows) expect(bytes.read(Int32Array.from([...written(bytes, row), after]))).toEqual(row);
      }),
    );
  });

  it("do not begin with those of another row", () => {
    fc.assert(
      fc.property(anyTwo, ({ words, bags, rows }) => {
        const bytes = new RowBytes(words, bags);
        const [first = "", second = ""] = rows.map((row) => `${written(bytes, row).join()},`);
        const [a, b] = rows.map((row) => row.join());
        expect(first.startsWith(second) || second.startsWith(first)).toBe(a === b);
      }),
      { numRuns: 500 },
    );
  });

  it("take a byte for a message and for each byte of the packed words that is not 0, and one for eight of these", () => {
    const bytes = new RowBytes(3, 1);
    expect(
      bytes.write(Int32Array.from([5, 0, 0x10003, 4, 1 + 2 ** 24, 9 + 2 ** 24, 70 + 2 ** 24, 71 + 2 ** 24]), 8),
    ).toBe(3);
    expect([...new Uint8Array(bytes.words.buffer, 0, 12)]).toEqual([1, 5, 5, 3, 1, 4, 0, 14, 120, 0, 0, 0]);
  });
});
