import { describe, expect, it } from "vitest";
import { defaultSettings, type Settings, settingsProblems } from "./index.ts";

describe("settings", () => {
  it("have defaults that are in order", () => {
    expect(settingsProblems(defaultSettings)).toEqual([]);
  });

  it.each<[Partial<Settings>, string]>([
    [{ heartbeatTicks: 0 }, "heartbeatTicks must be a whole number of at least 1, and is 0"],
    [{ windowBytesMax: 1.5 }, "windowBytesMax must be a whole number of at least 1, and is 1.5"],
    [{ trailingEntries: -1 }, "trailingEntries must be a whole number of at least 0, and is -1"],
    [
      { electionTicks: 5 },
      "electionTicks must be at least three times heartbeatTicks, so that one lost heartbeat starts no election; they are 5 and 2",
    ],
    [
      { uncommittedBytesMax: 1000 },
      "proposalBytesMax must not exceed uncommittedBytesMax, or the largest proposals are refused for ever",
    ],
    [{ clockDriftMax: 1 }, "clockDriftMax must be null or at least 0 and less than 1, and is 1"],
    [{ clockDriftMax: Number.NaN }, "clockDriftMax must be null or at least 0 and less than 1, and is NaN"],
  ])("%j are refused with a reason", (wrong, problem) => {
    expect(settingsProblems({ ...defaultSettings, ...wrong })).toEqual([problem]);
  });

  it("may leave nothing in the log, wait for the last entry, and allow leases", () => {
    const edge = { ...defaultSettings, trailingEntries: 0, promotionLagMax: 0, clockDriftMax: 0 };
    expect(settingsProblems(edge)).toEqual([]);
  });
});
