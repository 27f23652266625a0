/** Random whole specs on every engine. `npm run fuzz` runs more of them. */
import { describe, expect, it } from "vitest";
import { bundled } from "../parallel/threads.suite.ts";
import { emptySummary, findingText, shrunkProgram, take } from "./campaign.suite.ts";
import { summaryText } from "./command.suite.ts";
import { themes } from "./program.suite.ts";
import { twoWorkers } from "./two-workers.suite.ts";

const programs = 600;
/** A new seed each day, and the same one for all runs of a day: a run that fails can be repeated. */
const seed = Number(process.env["LOCKSTEP_FUZZ_SEED"] ?? Math.floor(Date.now() / 86_400_000) * 1000);
const bundle = await bundled(new URL("./worker.suite.ts", import.meta.url));

describe(`${programs} random programs from seed ${seed}`, () => {
  it("come out of all engines alike", async () => {
    const threads = twoWorkers(bundle, 100);
    const summary = emptySummary();
    for (let next = seed; next < seed + programs; next += 1) {
      take(summary, next, { now: () => 0, together: threads.together });
      await threads.gone();
    }
    const { findings, byTheme, verdicts } = summary;
    const [first] = findings;
    const text = first === undefined ? "" : findingText(first, shrunkProgram(first.seed, null));
    expect(findings.length, `${summaryText(summary, 1, seed + programs)}\n${text}`).toBe(0);
    expect(summary.programs).toBe(programs);
    expect(themes.filter((theme) => byTheme[theme].programs === 0)).toEqual([]);
    expect(Object.keys(verdicts)).toEqual(expect.arrayContaining(["failed", "holds", "incomplete", "violated"]));
    expect([summary.workers, summary.reduced > 0]).toEqual([programs / 100, true]);
    expect(threads.generated()).toBeGreaterThan(0);
  });
});
