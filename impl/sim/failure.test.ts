import { describe, expect, it } from "vitest";
import type { RunOptions } from "./index.ts";
import { patchedSimulator } from "./mutants/patched.suite.ts";

const options: RunOptions = { seed: 1, servers: 3, spares: 1, steps: 3000, faults: null, log: null };

/** A core that throws when it has committed so many entries. */
const throwing = {
  name: "throwing",
  says: "the core throws at entry 40",
  patches: [
    {
      file: "commitment.ts",
      find: "  node.commit = replicated;\n",
      replace: '  node.commit = replicated;\n  if (replicated >= 40) throw new Error("entry 40");\n',
    },
  ],
} as const;

/** A leader that commits nothing after some entries. */
const stuck = {
  name: "stuck",
  says: "nothing is committed after entry 40",
  patches: [{ file: "commitment.ts", find: "if (replicated <= node.commit ||", replace: "if (replicated > 40 ||" }],
} as const;

describe("a run that fails", () => {
  it("has the event in which it failed as the last line of its log, under the number that is reported", async () => {
    const lines: string[] = [];
    const { simulate } = await patchedSimulator(throwing);
    const { failure, events, time } = simulate({ ...options, log: (line) => lines.push(line) });
    expect(failure).toMatchObject({ property: "NoAssertionFails", server: null, what: "entry 40" });
    expect({ lines: lines.length, events, event: failure?.event }).toEqual({
      lines: events,
      events: lines.length,
      event: lines.length,
    });
    expect(failure?.time).toBe(time);
    expect(lines.at(-1)).toMatch(/^\d+\.\d{6} n\d .* \| leader term \d+ commit 4\d /);
    expect(lines.at(-1)).toContain((time / 1e6).toFixed(6));
  });

  it("says where the core threw", async () => {
    const { simulate } = await patchedSimulator(throwing);
    expect(simulate(options).failure?.stack).toContain("at advanceCommit");
  });

  it("fails in the same event where the faults that its seed gave are listed", async () => {
    const { simulate } = await patchedSimulator(throwing);
    const report = simulate(options);
    const again = simulate({ ...options, faults: report.faults });
    expect({ digest: again.digest, event: again.failure?.event }).toEqual({
      digest: report.digest,
      event: report.failure?.event,
    });
  });

  it("for want of progress ends its log with the event after which the wait was over", async () => {
    const lines: string[] = [];
    const { simulate } = await patchedSimulator(stuck);
    const { failure, events } = simulate({ ...options, log: (line) => lines.push(line) });
    expect(failure?.property).toBe("CommitsAgain");
    expect([lines.length, failure?.event]).toEqual([events, events]);
  });
});
