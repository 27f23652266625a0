import { describe, expect, it } from "vitest";
import { memoryMeter } from "./memory-meter.ts";

/** A heap of live bytes and garbage, which a collection takes away. */
function heap(live: number, garbage: number) {
  const state = { live, garbage, collections: 0 };
  return {
    state,
    heapBytes: () => state.live + state.garbage,
    collectGarbage: () => {
      state.garbage = 0;
      state.collections += 1;
    },
  };
}

describe("the memory meter", () => {
  it("takes a reading below the limit as it is", () => {
    const { state, ...world } = heap(300, 650);
    expect(memoryMeter(world, 1000)()).toBe(950);
    expect(state.collections).toBe(0);
  });

  it("collects garbage before a reading at the limit counts", () => {
    const { state, ...world } = heap(300, 700);
    expect(memoryMeter(world, 1000)()).toBe(300);
    expect(state.collections).toBe(1);
  });

  it("says that the limit is reached where a collection leaves almost nothing free", () => {
    const { state: _, ...world } = heap(920, 100);
    expect(memoryMeter(world, 1000)()).toBe(1000);
  });
});
