import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cpuUsage, env, stderr } from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { breadthFirstBy, type Outcome } from "../../checker/index.ts";
import { instantiate, type Model, type ModelDeclaration, type Settings } from "../lang/index.ts";
import { constants, raftSpec } from "../raft/index.ts";
import { mutantModels, mutants } from "./index.ts";
import { modelOf, twinsOf } from "./models.ts";
import type { Bounds } from "./mutant.ts";
import { page, type Times, timesOn } from "./page.ts";

const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const PAGE = join(ROOT, "docs", "mutants.md");

/** `npm run mutants` explores everything; `npm test` leaves out what takes long. */
const exploresAll = env["LOCKSTEP_MUTANTS"] === "all";
const writesPage = env["UPDATE"] === "1";

const catches = mutants.flatMap((mutant) =>
  mutant.catches.map((one) => ({ mutant, one, declaration: modelOf(mutant, one) })),
);
const twins = twinsOf(mutants);
const times = new Map<string, number>();

describe("a mutant", () => {
  for (const { mutant, declaration } of catches) {
    it(`of ${declaration.name} replaces the rules that it names and nothing else`, () => {
      const { rules, state: _, init: __, says: ___, source: ____, ...rest } = declaration.spec;
      const { rules: unbroken, state, init, says: _____, source: ______, ...unbrokenRest } = raftSpec;
      expect(Object.keys(rules)).toEqual(Object.keys(unbroken));
      const replaced = Object.keys(rules).filter((name) => rules[name] !== unbroken[name]);
      expect(replaced.toSorted()).toEqual(Object.keys(mutant.rules).toSorted());
      expect(rest).toEqual(unbrokenRest);
      const hasState = declaration.spec.state === state && declaration.spec.init === init;
      expect(hasState).toBe(mutant.fields === undefined);
    });
  }

  it("breaks one rule, and replaces others only to keep a field of its own; M25 is two mistakes", () => {
    const several = mutants.filter(({ rules }) => Object.keys(rules).length !== 1);
    expect(several.filter(({ fields }) => fields === undefined).map(({ id }) => id)).toEqual(["M25"]);
  });

  it("stands for every known bug that the core of Raft can have", () => {
    const rows =
      "M1 M3 M4 M5 M6 M7 M8a M8b M8c M9 M10 M11 M12 M13 M14 M15 M16a M16b M16c M17 M18 M19 M20 M21 M25 M28 M34";
    expect(mutants.map(({ id }) => id)).toEqual(rows.split(" "));
  });

  it("has a file of its own, and every file of a mutant is in the list", () => {
    const others = ["bounds.ts", "index.ts", "models.ts", "mutant.ts", "page.ts"];
    const files = readdirSync(join(ROOT, "spec/mutants")).filter((name) => !name.endsWith(".test.ts"));
    const ofMutants = files.filter((name) => !others.includes(name)).map((name) => `spec/mutants/${name}`);
    expect(mutants.map(({ file }) => file).toSorted()).toEqual(ofMutants.toSorted());
  });
});

describe("the models of the mutants", () => {
  it("trip every property of Raft but one that no known bug breaks, and those of elections that scenes break", () => {
    const safety = raftSpec.properties.filter(({ kind }) => kind === "invariant" || kind === "step");
    const tripped = catches.map(({ one }) => one.property);
    const untripped = safety.map(({ name }) => name).filter((name) => !tripped.includes(name));
    expect(untripped).toEqual([
      "LeaderAppendOnly",
      // The list of known bugs has none of these parts that breaks safety: spec/raft/properties/properties.test.ts breaks them.
      "ElectionNeedsPreVotes",
      "PreVotesBindNoVoter",
      "OnlyFollowersAsk",
      "HeardLeaderKeepsVotes",
      "AHeardLeaderStays",
      "OnlyLeadersCheck",
      "TargetHoldsLeadersLog",
      "NoRequestsDuringTransfer",
    ]);
  });

  it("have names of their own, files that exist and properties of Raft", () => {
    expect(new Set(mutantModels.map(({ name }) => name)).size).toBe(mutantModels.length);
    expect(mutantModels.filter(({ file }) => !existsSync(join(ROOT, file ?? "")))).toEqual([]);
    const known = raftSpec.properties.map(({ name }) => name);
    expect(mutantModels.flatMap(({ properties = [] }) => properties).filter((name) => !known.includes(name))).toEqual(
      [],
    );
  });
});

describe("breadth-first search", () => {
  for (const { one, declaration } of catches) {
    if (!exploresAll && one.found.distinct > 2_000_000) {
      stderr.write(`\nNOT RUN, too large for the routine tests: ${one.model}; npm run mutants runs it\n\n`);
      continue;
    }
    it(`catches ${one.model} by ${one.property} with the recorded trace`, () => {
      const outcome = timed(declaration, one.bounds);
      const { verdict, shortest, trace, distinct, generated } = outcome;
      const caught = { verdict, violated: violatedBy(outcome), shortest };
      expect({ ...caught, traceLength: trace.length, distinct, generated }).toEqual({
        verdict: "violated",
        violated: one.property,
        shortest: true,
        ...one.found,
      });
    });
  }

  for (const { bounds, model } of twins) {
    if (!isExplored(bounds)) continue;
    it(`finds that ${model.name} holds with the recorded counts`, () => {
      const { verdict, distinct, generated, depth, vacuous } = timed(model, bounds);
      const expected = { verdict: "holds", ...bounds.unbroken, vacuous: [] };
      expect({ verdict, distinct, generated, depth, vacuous }).toEqual(expected);
    });
  }

  for (const { one, declaration } of catches) {
    if (!triesSmaller(one.bounds)) continue;
    it(`lets ${one.model} escape where any of its bounds is smaller`, () => {
      const verdicts = smallerBounds(declaration).map((smaller) => [
        smaller,
        explore(declaration, smaller, one.bounds).verdict,
      ]);
      expect(verdicts.filter(([, verdict]) => verdict !== "holds")).toEqual([]);
      expect(verdicts.length).toBeGreaterThan(0);
    });
  }
});

describe("the page docs/mutants.md", () => {
  it("shows what is recorded, with the times of the run that wrote it", () => {
    if (writesPage) return;
    expect(readFileSync(PAGE, "utf8")).toBe(page(mutants, timesWritten()));
  });

  it("keeps the times that it shows", () => {
    const shown = new Map([
      ["figure-8", 1.6],
      ["raft-at-figure-8-bounds", 12.3],
    ]);
    expect(timesOn(page(mutants, shown))).toEqual(shown);
  });
});

afterAll(() => {
  if (!writesPage) return;
  mkdirSync(dirname(PAGE), { recursive: true });
  writeFileSync(PAGE, page(mutants, new Map([...timesWritten(), ...times])));
});

function timesWritten(): Times {
  return existsSync(PAGE) ? timesOn(readFileSync(PAGE, "utf8")) : new Map();
}

/** Whether the unbroken spec is explored at these bounds. */
function isExplored({ unbroken }: Bounds): boolean {
  return exploresAll || unbroken.distinct < 5_000_000;
}

/** Whether smaller bounds are tried as well. They cost a multiple of the bounds themselves. */
function triesSmaller({ unbroken }: Bounds): boolean {
  return unbroken.distinct < (exploresAll ? 500_000 : 50_000);
}

/** Every number of the settings one less, one at a time, and every part that is on switched off. */
function smallerBounds(declaration: ModelDeclaration): readonly Settings[] {
  const { settings } = instantiated(declaration, {});
  return Object.entries(constants).flatMap(([name, constant]): Settings[] => {
    const value = settings[name];
    if (constant.kind === "flag") return value === true ? [{ [name]: false }] : [];
    if (constant.kind === "choice" || typeof value !== "number" || value === constant.min) return [];
    return [{ [name]: value - 1 }];
  });
}

/** Explores, and notes the processor's time: a clock would also count what other programs do meanwhile. */
function timed(declaration: ModelDeclaration, bounds: Bounds): Outcome {
  const start = cpuUsage();
  const outcome = explore(declaration, {}, bounds);
  const { user, system } = cpuUsage(start);
  times.set(declaration.name, (user + system) / 1e6);
  return outcome;
}

function explore(declaration: ModelDeclaration, overrides: Settings, { engine }: Bounds): Outcome {
  const world = { now: () => 0, memoryBytes: () => 0 };
  const run = breadthFirstBy(engine ?? "reference", instantiated(declaration, overrides), {}, world, null);
  let step = run.next();
  while (step.done !== true) step = run.next();
  return step.value;
}

function instantiated(declaration: ModelDeclaration, overrides: Settings): Model {
  const model = instantiate(declaration, overrides);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function violatedBy({ finding }: Outcome): string | null {
  if (finding === null) return null;
  return finding.kind === "invariant" || finding.kind === "step" ? finding.property.name : finding.kind;
}
