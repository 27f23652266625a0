import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Action, type Coverage, choiceMax, kindCount, Schedule, type ScheduleOptions } from "./schedule.suite.ts";

/** Enough to see everything that is wanted below. A long search is this with more runs and other seeds. */
const runs = 200;
const seed = 20_260_101;

const options: fc.Arbitrary<ScheduleOptions> = fc.record({
  voterCount: fc.integer({ min: 1, max: 5 }),
  hasLeases: fc.boolean(),
  reorders: fc.boolean(),
  trailingEntries: fc.integer({ min: 0, max: 3 }),
  promotionLagMax: fc.integer({ min: 0, max: 3 }),
  quietRounds: fc.constantFrom(0, 20),
  electionTicks: fc.constantFrom(3, 5, 12),
  isCoarse: fc.boolean(),
});
const action: fc.Arbitrary<Action> = fc.tuple(fc.nat(kindCount - 1), fc.nat(choiceMax));
const actions = fc.array(action, { minLength: 0, maxLength: 2500, size: "max" });

describe("servers under any schedule of faults", () => {
  it(`keep every law of Raft, and recover when it is over (seed ${seed}, ${runs} schedules)`, () => {
    const total: Coverage = {};
    const property = fc.property(options, actions, (chosen, schedule) => {
      const run = new Schedule(chosen);
      for (const one of schedule) run.act(one);
      run.heal();
      for (const [what, count] of Object.entries(run.coverage)) total[what] = (total[what] ?? 0) + count;
      total["leaders"] = (total["leaders"] ?? 0) + run.leaderCount;
      total["committed entries"] = (total["committed entries"] ?? 0) + run.committedCount;
    });
    fc.assert(property, { seed, numRuns: runs });
    const wanted = [
      "acknowledged",
      "changed",
      "compactions",
      "crashes",
      "joint configurations",
      "read-ready",
      "reads at once",
      "refused",
      "restores",
      "transferred",
      "transfer-failed",
      "truncations",
      "unknown",
    ];
    expect(wanted.filter((what) => (total[what] ?? 0) < 10)).toEqual([]);
  });
});
