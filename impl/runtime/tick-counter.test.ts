import { describe, expect, test } from "vitest";
import { TickCounter } from "./tick-counter.ts";

function counted(leads: boolean, times: readonly number[]): number[] {
  const counter = new TickCounter({ now: 1000, tickMs: 10, electionTicks: 8 });
  return times.map((time) => {
    let count = 0;
    counter.catchUp(
      time,
      () => leads,
      () => {
        count += 1;
      },
    );
    return count;
  });
}

describe("the tick counter", () => {
  test("feeds a tick when it is due, and not before", () => {
    expect(counted(false, [1009.9, 1010, 1019, 1020, 1020])).toEqual([0, 1, 0, 1, 0]);
  });

  test("keeps to the clock when it is asked late, so that delays do not add up", () => {
    expect(counted(true, [1019, 1029, 1030])).toEqual([1, 1, 1]);
  });

  test("feeds a leader all ticks of a pause, up to an election timeout", () => {
    expect(counted(true, [1075, 1085, 9000, 9010])).toEqual([7, 1, 8, 1]);
  });

  test("feeds another server a quarter of an election timeout and forgets the rest of a pause for good", () => {
    expect(counted(false, [1075, 1080, 9000, 9005, 9010])).toEqual([2, 1, 2, 0, 1]);
  });

  test("stops feeding a leader that steps down during the pause it makes up for", () => {
    const counter = new TickCounter({ now: 0, tickMs: 1, electionTicks: 8 });
    let count = 0;
    counter.catchUp(
      100,
      () => count < 5,
      () => {
        count += 1;
      },
    );
    expect(count).toBe(5);
  });
});
