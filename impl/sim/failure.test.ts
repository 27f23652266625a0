import { readFileSync } from "node:fs";
import { join } from "node:path";
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

/** Followers that follow no commit after some entries. */
const behind = {
  name: "behind",
  says: "followers commit nothing after entry 40",
  patches: [
    {
      file: "commitment.ts",
      find: "if (commit <= node.commit) return;",
      replace: "if (commit <= node.commit || commit > 40) return;",
    },
  ],
} as const;

/** State machines that are no function of what was applied. */
const fickle = {
  name: "fickle",
  says: "each image is another one",
  patches: [
    {
      file: "../kv/machine/machine.ts",
      find: "    out.number(this.#revision);\n",
      replace: "    out.number(this.#revision);\n    out.number((KvMachine.images = (KvMachine.images ?? 0) + 1));\n",
    },
  ],
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

  it("has 20 election timeouts to commit again, and 400 for its members to become the same, as docs/sim.md says", async () => {
    const page = readFileSync(join(import.meta.dirname, "..", "..", "docs", "sim.md"), "utf8").replaceAll("\n", " ");
    expect(page).toContain("within 20 election timeouts a write that was begun after that must be acknowledged");
    expect(page).toContain("and within 400 all members must have applied the same");
    for (const [mistake, timeouts, property] of [
      [stuck, 20, "CommitsAgain"],
      [behind, 400, "Converges"],
    ] as const) {
      const run = new (await patchedSimulator(mistake)).Run(options);
      while (!run.advance(100_000));
      const { failure, time } = run.report;
      expect(failure).toMatchObject({ property });
      expect(failure?.what).toContain(` ${timeouts} election timeouts after all faults were over`);
      const { tuning, servers, healedAt } = run.world;
      const ticks = 2 * tuning.settings.electionTicks;
      const timeout = ticks * Math.max(...servers.map(({ ownTickPeriod }) => ownTickPeriod));
      const waited = (time - healedAt) / timeout;
      // It is looked at after each 64 events.
      expect([waited > timeouts, waited < timeouts + 1]).toEqual([true, true]);
    }
  });

  it("in the images of its state machines only is seen in the end", async () => {
    const { simulate } = await patchedSimulator(fickle);
    const { failure, counts } = simulate({ ...options, steps: 400, faults: [] });
    expect(counts.snapshotsTaken).toBe(0);
    expect(failure).toMatchObject({ property: "StateMachineSafety" });
  });
});
