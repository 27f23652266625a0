import fc from "fast-check";
import { expect, test } from "vitest";
import { anyEntry, anySnapshotMeta } from "./arbitrary.suite.ts";
import { ByteReader, ByteWriter, EncodingError } from "./bytes.ts";
import { readEntry, readSnapshotMeta, writeEntry, writeSnapshotMeta } from "./entry.ts";

test("an entry comes back as it was, and nothing after it is read", () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const out = new ByteWriter();
      writeEntry(out, entry);
      const { length } = out;
      out.byte(7);
      const from = new ByteReader(out.view());
      expect(readEntry(from)).toStrictEqual(entry);
      expect(from.at).toBe(length);
    }),
  );
});

test("what a snapshot stands for comes back as it was", () => {
  fc.assert(
    fc.property(anySnapshotMeta, (meta) => {
      const out = new ByteWriter();
      writeSnapshotMeta(out, meta);
      const from = new ByteReader(out.view());
      expect(readSnapshotMeta(from)).toStrictEqual(meta);
      from.end();
    }),
  );
});

test("an entry that ends early is an encoding error, wherever it ends", () => {
  fc.assert(
    fc.property(anyEntry, (entry) => {
      const out = new ByteWriter();
      writeEntry(out, entry);
      for (let length = 0; length < out.length; length += 1) {
        expect(() => readEntry(new ByteReader(out.view().subarray(0, length)))).toThrow(EncodingError);
      }
    }),
    { numRuns: 60 },
  );
});

test("an entry of another kind, and contacts out of order, are refused", () => {
  expect(() => readEntry(new ByteReader(Uint8Array.of(3, 1, 1)))).toThrow(
    new EncodingError("there is no entry of kind 3"),
  );
  const twice = Uint8Array.of(2, 1, 1, 0, 0, 0, 0, 0, 2, 1, 65, 1, 65, 0, 0);
  expect(() => readEntry(new ByteReader(twice))).toThrow(
    new EncodingError("the contacts are not in order of their ids"),
  );
});
