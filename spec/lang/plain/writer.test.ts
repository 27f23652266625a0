import { describe, expect, it } from "vitest";
import { codecOf, integer, Reader, record, seq, sequence, Writer } from "../index.ts";

describe("a writer of keys", () => {
  it("gives back what was put in, of any length, and starts anew", () => {
    const writer = new Writer();
    for (const length of [0, 1, 255, 256, 257, 8_191, 8_192, 8_193, 40_000]) {
      const codes = Array.from({ length }, (_, position) => (position * 7_919) % 0x10000);
      for (const code of codes) writer.put(code);
      const key = writer.take();
      expect(key.length).toBe(length);
      const reader = new Reader(key);
      expect(codes.every((code) => reader.next() === code)).toBe(true);
    }
    expect(writer.take()).toBe("");
  });

  it("keeps lone surrogates apart, for a key is code units and no text", () => {
    const writer = new Writer();
    for (const code of [0xd800, 0xdfff, 0, 0xffff]) writer.put(code);
    expect(writer.take()).toBe("\ud800\udfff\u0000\uffff");
  });

  it("puts keys inside keys", () => {
    const writer = new Writer();
    writer.putKey("");
    writer.putKey("ab");
    writer.put(5);
    const reader = new Reader(writer.take());
    expect([reader.nextKey(), reader.nextKey(), reader.next()]).toEqual(["", "ab", 5]);
  });

  it("forgets what a write left behind that failed half-way", () => {
    const codec = codecOf(record({ first: integer(0, 9), second: integer(0, 9) }), "");
    const writer = new Writer();
    expect(() => codec.write({ first: 1, second: 10 }, writer.start(), null)).toThrow(
      "second became 10; its bound is 0..9",
    );
    codec.write({ first: 3, second: 4 }, writer.start(), null);
    expect(writer.take()).toBe("\u0003\u0004");
  });

  it("refuses an element whose key has more code units than its length can say", () => {
    const inner = sequence(integer(0, 1), 40_000);
    const outer = codecOf(sequence(inner, 1), "logs");
    const place = (length: number): unknown => seq(seq(...Array.from({ length }, () => 1)));
    // An inner element takes two code units, its length and its code, and the inner sequence one for its own length.
    const writer = new Writer();
    outer.write(place(32_767), writer.start(), null);
    expect(writer.take().length).toBe(1 + 1 + 1 + 2 * 32_767);
    expect(() => outer.write(place(32_768), writer.start(), null)).toThrow(
      "the state has 65537 code units in one element, and 65535 is the most",
    );
  });

  it("refuses a sequence with more elements than its length can say", () => {
    const codec = codecOf(sequence(integer(0, 1), 70_000), "log");
    expect(() => codec.write(seq(...Array.from({ length: 65_536 }, () => 0)), new Writer(), null)).toThrow(
      "the state has 65536 elements in a sequence, and 65535 is the most",
    );
  });
});
