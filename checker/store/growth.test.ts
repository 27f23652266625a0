import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { grown, homeOf, place, scaleOf, shardOf, slotWords, wordsOf } from "./growth.ts";

const shardBits = 6;
/** Low lanes of one shard; few different ones in the high bits, so that clusters form and go round the end. */
const anyLane = fc
  .tuple(fc.constantFrom(0, 1, 2, 0x1fff, 0x3fffe, 0x3ffff), fc.integer({ min: 1, max: 255 }))
  .map(([cluster, rest]) => (cluster << 8) | rest);
const anyShard = fc.record({
  lows: fc.uniqueArray(fc.oneof(anyLane, fc.integer({ min: 1, max: 2 ** 26 - 1 })), { minLength: 1, maxLength: 120 }),
  room: fc.double({ min: 1, max: 3, noNaN: true }),
  growth: fc.double({ min: 1.01, max: 3, noNaN: true }),
  growsInPlace: fc.boolean(),
});

/** Slots whose entry could not be found from its home, and entries, in the order of their low lanes. */
function surveyed(S: Int32Array): { lost: number; entries: number[][] } {
  const scale = scaleOf(S.length / slotWords);
  const entries: number[][] = [];
  let lost = 0;
  for (let at = 0; at < S.length; at += slotWords) {
    if (S[at] === 0) continue;
    entries.push([...S.subarray(at, at + slotWords)]);
    for (let from = homeOf((S[at] ?? 0) << shardBits, scale) * slotWords; from !== at; ) {
      if (S[from] === 0) lost += 1;
      from = from + slotWords === S.length ? 0 : from + slotWords;
    }
  }
  return { lost, entries: entries.sort(([a = 0], [b = 0]) => a - b) };
}

describe("a shard that grows", () => {
  it("keeps every entry where a look-up finds it, in place or in new memory", () => {
    const moved = { inPlace: 0, elsewhere: 0 };
    fc.assert(
      fc.property(anyShard, ({ lows, room, growth, growsInPlace }) => {
        const slots = Math.ceil(lows.length * room);
        const old = growsInPlace ? shardOf(slots) : new SharedArrayBuffer(slots * slotWords * 4);
        lows.forEach((low, i) => {
          place(wordsOf(old), Int32Array.of(low, i + 1, ~i, low ^ i), 0, shardBits);
        });
        const before = surveyed(wordsOf(old));
        expect(before.lost).toBe(0);
        const larger = grown(old, Math.ceil(slots * growth) + 1, shardBits);
        expect(larger.byteLength).toBe((Math.ceil(slots * growth) + 1) * slotWords * 4);
        expect(surveyed(wordsOf(larger))).toEqual(before);
        moved[larger === old ? "inPlace" : "elsewhere"] += 1;
        expect(larger === old).toBe(growsInPlace);
      }),
      { numRuns: 2000 },
    );
    expect(Math.min(moved.inPlace, moved.elsewhere)).toBeGreaterThan(100);
  });
});
