import { describe, expect, it } from "vitest";
import { progressDisplay, progressLine } from "./progress.ts";

const progress = { distinct: 41_203, generated: 99_000, depth: 12, queue: 9_120, levelDone: 44, levelSize: 100 };

/** A display on a clock that the test sets, and what it wrote. */
function display(isTerminal: boolean, columns = 200) {
  const world = { at: 0, written: [] as string[] };
  const shown = progressDisplay({
    stderr: { write: (text) => world.written.push(text), isTerminal, columns },
    now: () => world.at,
    heapBytes: () => 210_000_000,
  });
  return { world, shown };
}

describe("the line of progress", () => {
  it("says how far the level is, how many states, how fast, how many wait, and in how much memory", () => {
    expect(progressLine(progress, 1.8, 210_000_000)).toBe(
      "level 12 ███████░░░░░░░░░ 44% · 41,203 states · 22,891/s · queue 9,120 · 210 MB",
    );
  });

  it("has no bar where a search has no levels", () => {
    expect(progressLine({ ...progress, levelDone: 0, levelSize: 0 }, 0, 1.4e9)).toBe(
      "depth 12 · 41,203 states · 0/s · queue 9,120 · 1.4 GB",
    );
  });
});

describe("the display of progress", () => {
  it("draws at most ten times a second, over what it drew before", () => {
    const { world, shown } = display(true);
    for (let at = 1; at <= 1000; at += 1) {
      world.at = at;
      shown.show(progress);
    }
    expect(world.written).toHaveLength(10);
    expect(world.written.every((text) => text.startsWith("\r\u001b[Klevel 12 "))).toBe(true);
  });

  it("never breaks its line", () => {
    const { world, shown } = display(true, 20);
    world.at = 100;
    shown.show(progress);
    expect(world.written).toEqual(["\r\u001b[Klevel 12 ███████░░░"]);
  });

  it("leaves how long the run took and how fast it was", () => {
    const { world, shown } = display(true);
    world.at = 2000;
    shown.end(41_203);
    expect(world.written).toEqual(["\r\u001b[K2.0 s · 20,602 states/s · 210 MB\n"]);
  });

  it("is silent where nobody looks", () => {
    const { world, shown } = display(false);
    world.at = 5000;
    shown.show(progress);
    shown.end(41_203);
    expect(world.written).toEqual([]);
  });
});
