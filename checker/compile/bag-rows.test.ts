import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BagWriter, bagEnd, entriesOf, loadBag } from "./bag-rows.ts";
import { copiesShift, numberMask } from "./entries.ts";

const anyNumber = fc.oneof(fc.nat(40), fc.nat(4095), fc.integer({ min: 4090, max: 6000 }));
const anyCopies = fc.oneof(fc.constant(1), fc.nat(15), fc.nat(255));
/** Numbers of elements with their copies, from now on. */
const anySteps = fc.array(fc.array(fc.tuple(anyNumber, anyCopies), { maxLength: 6 }), { minLength: 1, maxLength: 8 });

/** A bag in words behind one word of something else. */
function rowOf(contents: ReadonlyMap<number, number>): Int32Array {
  return stepped(Int32Array.of(7, 0), [...contents]);
}

/** The row after a step of a bag 1 that makes it these copies of these numbers; a bag 0 changes as well. */
function stepped(row: Int32Array, step: readonly (readonly [number, number])[]): Int32Array {
  const changes = step.flatMap(([number, copies]) => [1, number, 99, copies, 0, number, 0, 1]);
  const to = new Int32Array(1 + 1 + entriesOf(row, 1) + changes.length / 4);
  to[0] = 7;
  const end = new BagWriter().write(1, { T: Int32Array.from(changes), first: 0, last: changes.length }, row, 1, to, 1);
  expect(bagEnd(to, 1)).toBe(end);
  return to.slice(0, end);
}

describe("a bag in a row", () => {
  it("is what all changes have made of it, and the same words for the same contents", () => {
    const forms = { half: 0, whole: 0 };
    fc.assert(
      fc.property(anySteps, (steps) => {
        const contents = new Map<number, number>();
        let row: Int32Array = Int32Array.of(7, 0);
        for (const step of steps) {
          // Of one step, each element changes once.
          const changes = [...new Map(step)];
          for (const [number, copies] of changes) {
            if (copies === 0) contents.delete(number);
            else contents.set(number, copies);
          }
          row = stepped(row, changes);
          const list = new Int32Array(entriesOf(row, 1));
          const copies = new Uint8Array(6001);
          const size = loadBag(row, 1, list, copies);
          const sorted = [...contents].sort(([a], [b]) => a - b);
          expect([...list].map((entry) => [entry & numberMask, entry >>> copiesShift])).toEqual(sorted);
          expect(sorted.map(([number]) => copies[number])).toEqual(sorted.map(([, count]) => count));
          expect(copies.reduce((sum, count) => sum + count, 0)).toBe(size);
          expect([...row]).toEqual([...rowOf(contents)]);
          forms[(row[1] ?? 0) < 0 ? "whole" : "half"] += 1;
        }
      }),
      { numRuns: 1000 },
    );
    expect(Math.min(forms.half, forms.whole)).toBeGreaterThan(200);
  });
});
