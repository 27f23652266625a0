import { describe, expect, it } from "vitest";
import { ran } from "../fake-io.suite.ts";
import { sampleFiles as models } from "../sample-specs.suite.ts";

describe("simulate", () => {
  it("walks at random, and says that this shows no property to hold", async () => {
    expect(await ran("simulate counter.ts --walks 20 --max-length 5", { models })).toEqual({
      exit: 2,
      stdout: `counter: A counter up to three.
  constants max=3 wraps=true
  begins    n = 0, laps = 0
  checks    InRange (invariant)
  engine    reference, simulation

States    8 distinct · 169 generated · depth 6
  out-degree 0 to 2, mean 1.40, 95% at most 2
  walks     20, of 5 to 5 steps, mean 5.0

Actions    fired  new states
Increment    148           6
Wrap          20           1

INCOMPLETE: 20 random walks (seed 1) found no violation · 8 distinct states so far

again  npx lockstep simulate counter.ts --seed 1 --walks 20 --max-length 5
`,
      stderr: "",
      written: {},
      endedWith: null,
    });
  });

  it("walks the same way with the same seed, and another way with another", async () => {
    const line = "simulate two-phase --walks 3 --max-length 20 --seed";
    const [first, again, other] = [await ran(`${line} 7`), await ran(`${line} 7`), await ran(`${line} 8`)];
    expect(again).toEqual(first);
    expect(other.stdout).not.toBe(first.stdout);
  });

  it("finds a violation and writes the walk that ends in it", async () => {
    const { exit, stdout, written } = await ran("simulate counter.ts --property Small --seed 3 --trace t.json", {
      models,
    });
    expect(exit).toBe(12);
    expect(stdout).toMatch(/^VIOLATED Small \(invariant\) at step \d · not shortest · \d distinct states$/m);
    const replayed = await ran("replay t.json", { models, texts: written });
    expect(replayed.exit).toBe(12);
    expect(replayed.stdout).toContain(" · VIOLATED Small (invariant) at step ");
  });

  it("is a gate for what must be reached, where it is told to be strict", async () => {
    const line = "simulate counter.ts --walks 50 --expect incomplete --strict";
    expect((await ran(line, { models })).exit).toBe(0);
    expect((await ran(`${line} --property Eight`, { models })).exit).toBe(1);
  });
});
