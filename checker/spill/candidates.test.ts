import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Candidates, put } from "./candidates.ts";
import { Recent } from "./recent.ts";

const anyLane = fc.constantFrom(1, 2, 3, 0x7fffffff, -0x80000000, -2, -1);
const anyLow = fc.oneof(
  anyLane,
  fc.integer({ min: -0x80000000, max: 0x7fffffff }).filter((lane) => lane !== 0),
);
const anyStep = fc.record({ low: anyLow, high: anyLane, parent: anyLane, action: fc.nat(3) });

function recordsOf(candidates: Candidates): number[][] {
  const records: number[][] = [];
  const source = candidates.inOrder();
  while (source.advance()) records.push([...source.words.subarray(source.at, source.at + 5)]);
  return records;
}

describe("candidates", () => {
  it("come out once and in order, with the least parent, its least action, and the row that was written", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 100, size: "max" }), fc.nat(200), (steps, expected) => {
        const candidates = new Candidates(1e5);
        for (const _ of candidates.clearing(expected));
        const known = new Map<string, number[]>();
        for (const [row, { low, high, parent, action }] of steps.entries()) {
          const outcome = candidates.put(low, high, parent, action, row);
          // With fewer slots than there are candidates, what is full stays full.
          if (outcome === put.full) continue;
          const old = known.get(`${low} ${high}`);
          expect(outcome).toBe(old === undefined ? put.new : put.known);
          const isLess = (a: number, b: number): boolean => a >>> 0 < b >>> 0;
          if (old === undefined) known.set(`${low} ${high}`, [low, high, parent, action, row]);
          else if (isLess(parent, old[2] ?? 0) || (parent === old[2] && action < (old[3] ?? 0)))
            known.set(`${low} ${high}`, [low, high, parent, action, old[4] ?? 0]);
        }
        const inOrder = [...known.values()].sort(
          ([a = 0, b = 0], [c = 0, d = 0]) => (a >>> 0) - (c >>> 0) || (b >>> 0) - (d >>> 0),
        );
        expect(candidates.count).toBe(known.size);
        for (const _ of candidates.sorting());
        expect(recordsOf(candidates)).toEqual(inOrder);
        for (const _ of candidates.clearing(expected));
        expect(candidates.inOrder().advance()).toBe(false);
      }),
    );
  });

  it("are sorted and forgotten in parts, to the same end however small these are", () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 60 }), fc.integer({ min: 5, max: 400 }), (steps, wordsMax) => {
        const [whole, inParts] = [new Candidates(1e5), new Candidates(1e5)];
        for (const [row, { low, high, parent, action }] of steps.entries())
          for (const one of [whole, inParts]) one.put(low, high, parent, action, row);
        for (const _ of whole.sorting());
        expect([...inParts.sorting(wordsMax)].length).toBeGreaterThan(1e5 / 4 / wordsMax / 2);
        expect(recordsOf(inParts)).toEqual(recordsOf(whole));
        expect([...inParts.clearing(10, wordsMax)].length).toBeGreaterThan(1e5 / 4 / wordsMax / 2);
        for (const _ of inParts.sorting());
        expect([inParts.count, recordsOf(inParts)]).toEqual([0, []]);
      }),
      { numRuns: 50 },
    );
  });

  it("say that they are full, and take the next one when they were cleared", () => {
    const candidates = new Candidates(1);
    let taken = 0;
    while (candidates.put(taken + 1, 1, 1, 0, taken) === put.new) {
      taken += 1;
      expect(candidates.isCrowded).toBe(taken >= 45);
    }
    expect(taken).toBe(48);
    for (const _ of candidates.clearing(0));
    expect(candidates.put(taken + 1, 1, 1, 0, taken)).toBe(put.new);
  });
});

describe("recent fingerprints", () => {
  it("hold what was put in last, and never what was not", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyLow, anyLane), { maxLength: 300 }), anyLow, anyLane, (all, low, high) => {
        const recent = new Recent(1024);
        for (const [one, other] of all) {
          recent.put(one, other);
          expect(recent.has(one, other)).toBe(true);
        }
        if (recent.has(low, high)) expect(all).toContainEqual([low, high]);
      }),
    );
  });
});
