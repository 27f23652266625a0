import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anyData, anyNumber, anyText, record } from "./arbitrary.suite.ts";
import { ByteReader, ByteWriter, EncodingError } from "./bytes.ts";

type Part =
  | { readonly kind: "number" | "byte" | "word"; readonly value: number }
  | { readonly kind: "flag"; readonly value: boolean }
  | { readonly kind: "bytes"; readonly value: Uint8Array }
  | { readonly kind: "text"; readonly value: string };

const anyPart: fc.Arbitrary<Part> = fc.oneof(
  record({ kind: fc.constant("number" as const), value: anyNumber }),
  record({ kind: fc.constant("byte" as const), value: fc.nat(255) }),
  record({ kind: fc.constant("word" as const), value: fc.nat(2 ** 32 - 1) }),
  record({ kind: fc.constant("flag" as const), value: fc.boolean() }),
  record({ kind: fc.constant("bytes" as const), value: anyData }),
  record({ kind: fc.constant("text" as const), value: anyText }),
);

test("whatever is written one after the other is read one after the other", () => {
  fc.assert(
    fc.property(fc.array(anyPart), fc.nat(8), (parts, capacity) => {
      const out = new ByteWriter(capacity);
      for (const part of parts) write(out, part);
      expect(out.view().length).toBe(out.length);
      const from = new ByteReader(out.copy());
      expect(parts.map(({ kind }) => ({ kind, value: from[kind]() }))).toStrictEqual(parts);
      from.end();
    }),
  );
});

test("a writer that was cleared writes the same again", () => {
  fc.assert(
    fc.property(fc.array(anyPart), fc.array(anyPart), (before, parts) => {
      const used = new ByteWriter(1);
      for (const part of before) write(used, part);
      used.clear();
      const fresh = new ByteWriter();
      for (const part of parts) for (const out of [used, fresh]) write(out, part);
      expect(used.view()).toStrictEqual(fresh.view());
    }),
  );
});

test("a word is patched where it stands", () => {
  const out = new ByteWriter(2);
  out.byte(1);
  out.word(0);
  out.byte(2);
  out.patch32(1, 0xfffefdfc);
  expect([...out.view()]).toEqual([1, 0xfc, 0xfd, 0xfe, 0xff, 2]);
});

test.each([
  [0, [0]],
  [127, [127]],
  [128, [128, 1]],
  [2 ** 53 - 1, [255, 255, 255, 255, 255, 255, 255, 15]],
])("%d is encoded in groups of seven bits", (value, bytes) => {
  const out = new ByteWriter();
  out.number(value);
  expect([...out.view()]).toEqual(bytes);
});

test.each([-1, 0.5, 2 ** 53, Number.NaN])("%d cannot be encoded", (value) => {
  expect(() => new ByteWriter().number(value)).toThrow(new RangeError(`${value} cannot be encoded`));
});

describe("what is no encoding is told", () => {
  test.each<[string, number[], (from: ByteReader) => unknown, string]>([
    [
      "2^53 as a number",
      [128, 128, 128, 128, 128, 128, 128, 16],
      (from) => from.number(),
      "no number ends before byte 8",
    ],
    ["a number without end", Array<number>(9).fill(128), (from) => from.number(), "no number ends before byte 8"],
    ["a number with a group to spare", [129, 0], (from) => from.number(), "no number ends before byte 2"],
    ["half a number", [129], (from) => from.number(), "the bytes end at 1, and more was expected"],
    ["half a word", [1, 2, 3], (from) => from.word(), "the bytes end at 3, and more was expected"],
    ["2 as a flag", [2], (from) => from.flag(), "2 is no flag, at byte 0"],
    ["bytes that end early", [5, 1], (from) => from.bytes(), "5 bytes were announced at 1, of which 1 are there"],
    ["a list that ends early", [3, 1], (from) => from.count(), "3 elements were announced at 0, and 1 bytes follow"],
    ["a text that is not UTF-8", [2, 0xc0, 0x80], (from) => from.text(), "the text at byte 0 is not UTF-8"],
    ["bytes to spare", [1, 2], (from) => from.end(), "2 bytes too many, from byte 0"],
  ])("%s", (_, bytes, read, message) => {
    expect(() => read(new ByteReader(Uint8Array.from(bytes)))).toThrow(new EncodingError(message));
  });
});

test("bytes that are read are a view of what they are read from", () => {
  const from = Uint8Array.of(2, 8, 9);
  const read = new ByteReader(from).bytes();
  from[1] = 7;
  expect([...read]).toEqual([7, 9]);
});

function write(out: ByteWriter, part: Part): void {
  if (part.kind === "flag") out.flag(part.value);
  else if (part.kind === "bytes") out.bytes(part.value);
  else if (part.kind === "text") out.text(part.value);
  else out[part.kind](part.value);
}
