import { describe, expect, it } from "vitest";
import { keepsNothing } from "../compile/index.ts";
import { breadthFirst, breadthFirstBy, check, type Outcome } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { declarationOf, modelOfDeclaration } from "./evaluation.suite.ts";
import {
  type Case,
  domainCases,
  iterationCases,
  nameCases,
  namesOfCases,
  numberCases,
  orderCases,
  placeCases,
  recordCases,
} from "./meaning.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

const engines = ["reference", "views", "lowered", "lowered, exact"] as const;

const groups: Readonly<Record<string, readonly Case[]>> = {
  "places (A1)": placeCases,
  "records as objects": recordCases,
  "change during iteration (A2)": iterationCases,
  "order of elements (A2)": orderCases,
  "filtered domains (A2)": domainCases,
  "numbers (A4)": numberCases,
};

function ran(engine: (typeof engines)[number], body: string): Outcome {
  const model = modelOfDeclaration(declarationOf(body));
  if (engine === "reference") return ended(breadthFirst(model, {}, world));
  const name = engine === "views" ? "views" : "lowered";
  const remembered = engine === "lowered, exact" ? "states" : "fingerprints";
  return ended(breadthFirstBy(name, model, {}, world, null, keepsNothing, remembered));
}

/** What differs from the expectation, as a line; null where nothing does. */
function problem(engine: (typeof engines)[number], { name, body, expected }: Case): string | null {
  let outcome: Outcome;
  try {
    outcome = ran(engine, body);
  } catch (error) {
    return `${name}: ${String(error)}`;
  }
  const { verdict, finding, actions, distinct } = outcome;
  const error = finding?.kind === "error" ? finding.error.message : null;
  if ("error" in expected) {
    return error !== null && expected.error.test(error)
      ? null
      : `${name}: ${error ?? verdict} instead of ${expected.error}`;
  }
  if (verdict !== expected.verdict) return `${name}: ${verdict} ${error ?? ""}`;
  const fired = actions.reduce((sum, one) => sum + one.fired, 0);
  if (expected.fired !== undefined && fired !== expected.fired) return `${name}: ${fired} steps, not ${expected.fired}`;
  if (expected.distinct !== undefined && distinct !== expected.distinct) return `${name}: ${distinct} states`;
  return fired > 0 || expected.fired === 0 ? null : `${name}: the step was never taken`;
}

for (const [group, cases] of Object.entries(groups)) {
  describe(`${group}`, () => {
    for (const one of cases) {
      it.each(engines)(`${one.name}: %s`, (engine) => {
        expect(problem(engine, one)).toBeNull();
      });
    }
  });
}

describe.each(engines)("names (A3) on the engine %s", (engine) => {
  const kinds = nameCases("a").map(({ name }) => name.replace(' is named "a"', ""));
  it.each(kinds)("%s may have any name", (kind) => {
    const all = namesOfCases.flatMap((name) =>
      nameCases(name).filter((one) => one.name.startsWith(`${kind} is named`)),
    );
    expect(all.length).toBeGreaterThan(namesOfCases.length - 2);
    expect(all.flatMap((one) => problem(engine, one) ?? [])).toEqual([]);
  });
});

describe("the oracle", () => {
  it("finds in every case what is expected", () => {
    const all = Object.values(groups).flat();
    const wrong = all.filter(({ body, expected }) => {
      try {
        const { verdict } = check(modelOfDeclaration(declarationOf(body)));
        return "error" in expected || verdict !== expected.verdict;
      } catch (error) {
        return !("error" in expected) || !(error instanceof Error && expected.error.test(error.message));
      }
    });
    expect(wrong.map(({ name }) => name)).toEqual([]);
  });
});
