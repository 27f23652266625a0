import { describe, expect, it } from "vitest";
import { formatRates, measureRates } from "./rates.ts";
import { formatSpread, formatTable, spreadOf } from "./statistics.ts";
import type { Measured, Measurement, Runner } from "./subjects.ts";

const measured = (distinct: number, seconds: number, peakBytes: number | null): Measured => ({
  kind: "measured",
  distinct,
  generated: 2 * distinct,
  seconds,
  peakBytes,
});

/** A runner that takes the given measurements, one a round, and writes down when. */
function runner(name: string, explorations: readonly Measurement[], diary: string[]): Runner {
  const left = [...explorations];
  return {
    name,
    start: async () => measured(1, 1, 1_000),
    explore: async () => {
      diary.push(name);
      return left.shift() ?? { kind: "wrong", why: "it ran too often" };
    },
  };
}

describe("rates", () => {
  it("are medians over rounds in which all take turns, without the start", async () => {
    const diary: string[] = [];
    const runners = [
      runner("one", [measured(600, 3, 7_000), measured(600, 4, 7_000), measured(600, 2, 7_000)], diary),
      runner("other", [measured(600, 7, null), measured(600, 7, null), measured(600, 7, null)], diary),
    ];
    const { rates, skipped } = await measureRates([{ workload: "model", runners }], 3, () => {});
    expect(diary).toEqual(["one", "other", "one", "other", "one", "other"]);
    expect(skipped).toEqual([]);
    expect(rates).toEqual([
      {
        subject: "one",
        workload: "model",
        rounds: 3,
        distinct: 600,
        generated: 1_200,
        seconds: { median: 2, min: 1, max: 3 },
        startSeconds: 1,
        distinctPerSecond: { median: 300, min: 200, max: 600 },
        generatedPerSecond: { median: 600, min: 400, max: 1_200 },
        bytesPerState: 10,
      },
      expect.objectContaining({ subject: "other", bytesPerState: null }),
    ]);
  });

  it("are not told of a subject that is once refused or wrong, and this is said", async () => {
    const said: string[] = [];
    const wrong: Measurement = { kind: "wrong", why: "it counts 1 / 2 / 3, not 4 / 5 / 6" };
    const runners = [runner("one", [measured(600, 3, null), wrong, measured(600, 3, null)], [])];
    const result = await measureRates([{ workload: "model", runners }], 3, (line) => said.push(line));
    expect(result).toEqual({ rates: [], skipped: [{ subject: "one", workload: "model", why: wrong.why }] });
    expect(said.at(-1)).toBe("NOT MEASURED: one on model: it counts 1 / 2 / 3, not 4 / 5 / 6");
    expect(formatRates(result)).toContain("NOT MEASURED: one on model");
  });
});

describe("a spread", () => {
  it("is the middle value, or the mean of two, between the ends", () => {
    expect(spreadOf([3, 1, 2])).toEqual({ median: 2, min: 1, max: 3 });
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, min: 1, max: 4 });
    expect(formatSpread(spreadOf([1_000, 3_000, 2_000]))).toBe("2,000 (1,000..3,000)");
    expect(formatSpread(spreadOf([1_000]))).toBe("1,000");
  });

  it("stands in a table with columns of one width", () => {
    expect(
      formatTable([
        ["a", "bb"],
        ["ccc", "d"],
      ]),
    ).toBe("a    bb\nccc   d\n");
  });
});
