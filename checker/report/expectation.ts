import type { Expectation } from "../../spec/lang/index.ts";
import type { Outcome } from "../search/outcome.ts";

/** One number or name of a run beside the recorded one. */
interface Comparison {
  readonly what: "verdict" | "violated" | "trace length" | "distinct" | "generated" | "depth" | "goals not met";
  readonly expected: string | number;
  readonly found: string | number;
}

export interface ExpectationResult {
  readonly met: boolean;
  readonly compared: readonly Comparison[];
  readonly source: string;
  readonly note: string | null;
}

/**
 * Holds a run against what was recorded for its model. Null where nothing was recorded or the run was stopped: half
 * a run has neither the verdict nor the counts. The length of a trace is compared only where it is a shortest one.
 */
export function compareWithExpectation(expect: Expectation | undefined, outcome: Outcome): ExpectationResult | null {
  if (expect === undefined || outcome.verdict === "incomplete" || outcome.mode !== "breadth-first") return null;
  const violated = violatedName(outcome);
  const pairs: readonly (readonly [Comparison["what"], string | number | undefined, string | number])[] = [
    ["verdict", expect.verdict, outcome.verdict],
    ["violated", expect.violated, violated ?? "nothing"],
    ["trace length", expect.traceLength, outcome.trace.length],
    ["distinct", expect.distinct, outcome.distinct],
    ["generated", expect.generated, outcome.generated],
    ["depth", expect.depth, outcome.depth],
    ["goals not met", expect.unmet === undefined ? undefined : namesText(expect.unmet), namesText(unmetGoals(outcome))],
  ];
  const compared = pairs.flatMap(([what, expected, found]) =>
    expected === undefined ? [] : [{ what, expected, found }],
  );
  return {
    met: compared.every(({ expected, found }) => expected === found),
    compared,
    source: expect.source,
    note: expect.note ?? null,
  };
}

function unmetGoals({ goals }: Outcome): readonly string[] {
  return goals.filter(({ witness }) => witness === null).map(({ property }) => property.name);
}

function namesText(names: readonly string[]): string {
  return names.length === 0 ? "none" : [...names].sort().join(" ");
}

function violatedName({ finding }: Outcome): string | null {
  if (finding === null) return null;
  switch (finding.kind) {
    case "invariant":
    case "step":
      return finding.property.name;
    case "deadlock":
      return "deadlock";
    case "error":
      return finding.error.of;
  }
}
