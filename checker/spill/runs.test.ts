import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Disk } from "./disk.ts";
import { memoryStorage } from "./memory-storage.suite.ts";
import { Merge, type Source } from "./merge.ts";
import { type Run, RunReader, RunWriter } from "./runs.ts";

type Fingerprint = readonly [low: number, high: number];

/** Few values for each lane, so that lanes are equal often, at both ends of what they can be. */
const anyLane = fc.constantFrom(1, 2, 3, 0x7fffffff, -0x80000000, -2, -1);
const anyFingerprint: fc.Arbitrary<Fingerprint> = fc.oneof(
  fc.tuple(anyLane, anyLane),
  fc.tuple(
    fc.integer({ min: -0x80000000, max: 0x7fffffff }).filter((lane) => lane !== 0),
    anyLane,
  ),
);
/** Several blocks of records, and buffers of one block as well as of several. */
const anySet = fc.uniqueArray(anyFingerprint, { maxLength: 1200, size: "max", selector: String }).map(inOrder);
const anyBuffer = fc.constantFrom(1, 4096);

function inOrder(set: readonly Fingerprint[]): Fingerprint[] {
  return [...set].sort(([a, b], [c, d]) => (a >>> 0) - (c >>> 0) || (b >>> 0) - (d >>> 0));
}

function runOf(disk: Disk, set: readonly Fingerprint[], bufferWords: number): Run | null {
  const writer = new RunWriter(disk, 4, bufferWords);
  for (const [low, high] of set) writer.append(low, high, low ^ high, 7, 0);
  return writer.end();
}

function readersOf(disk: Disk, sets: readonly (readonly Fingerprint[])[], bufferWords: number): RunReader[] {
  return sets.flatMap((set) => {
    const run = runOf(disk, set, bufferWords);
    return run === null ? [] : [new RunReader(disk, run, bufferWords)];
  });
}

function* read(source: Source): Generator<Fingerprint> {
  while (source.advance()) yield [source.words[source.at] ?? 0, source.words[source.at + 1] ?? 0];
}

describe("sorted runs", () => {
  it("merge to their union in order, with what is in several as often as it is there", () => {
    fc.assert(
      fc.property(fc.array(anySet, { maxLength: 5 }), anyBuffer, (sets, bufferWords) => {
        const merge = new Merge(readersOf(new Disk(memoryStorage()), sets, bufferWords));
        expect([...read(merge)]).toEqual(inOrder(sets.flat()));
      }),
      { numRuns: 60 },
    );
  });

  it("leave of a set what stands in none of them", () => {
    fc.assert(
      fc.property(anySet, fc.array(anySet, { maxLength: 4 }), anyBuffer, (set, others, bufferWords) => {
        const mixed = others.map((other, which) => inOrder(mix(other, set, which)));
        const readers = readersOf(new Disk(memoryStorage()), mixed, bufferWords);
        const left = set.filter(([low, high]) =>
          readers.every((reader) => {
            const isThere = reader.seek(low, high);
            return !(isThere && reader.words[reader.at] === low && reader.words[reader.at + 1] === high);
          }),
        );
        const known = new Set(mixed.flat().map(String));
        expect(left).toEqual(set.filter((one) => !known.has(String(one))));
      }),
      { numRuns: 60 },
    );
  });

  it("give all that has one low lane, from any of them", () => {
    fc.assert(
      fc.property(anySet, anyLane, anyBuffer, (set, low, bufferWords) => {
        const found = readersOf(new Disk(memoryStorage()), [set], bufferWords).flatMap((reader) => {
          reader.jump(low);
          const highs: number[] = [];
          for (let more = reader.seek(low, 0); more && reader.words[reader.at] === low; more = reader.advance())
            highs.push(reader.words[reader.at + 1] ?? 0);
          return highs;
        });
        expect(found).toEqual(set.filter(([own]) => own === low).map(([, high]) => high));
      }),
      { numRuns: 60 },
    );
  });

  it("are read by few words where few fingerprints are looked for", () => {
    const set = Array.from({ length: 100_000 }, (_, i): Fingerprint => [i * 40_000 + 1, 1]);
    let words = 0;
    const storage = memoryStorage();
    const counting = {
      create() {
        const file = storage.create();
        return {
          ...file,
          read(into: Int32Array, at: number) {
            words += into.length;
            file.read(into, at);
          },
        };
      },
    };
    const disk = new Disk(counting);
    const [reader] = readersOf(disk, [inOrder(set.map(([low, high]) => [low | 0, high]))], 1 << 16);
    for (const wanted of [500, 50_000, 99_999]) {
      expect(reader?.seek((wanted * 40_000 + 1) | 0, 1)).toBe(true);
      expect(reader?.words[reader.at]).toBe((wanted * 40_000 + 1) | 0);
    }
    expect(words).toBe(3 * 256 * 4 - (256 - (100_000 % 256)) * 4);
  });
});

/** Some of both: a set that has something in common with another. */
function mix(own: readonly Fingerprint[], other: readonly Fingerprint[], which: number): Fingerprint[] {
  const some = other.filter((_, i) => i % (which + 2) === 0);
  const taken = new Set(some.map(String));
  return [...some, ...own.filter((one) => !taken.has(String(one)))];
}
