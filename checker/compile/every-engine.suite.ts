/** One model on every engine, as the numbers that all of them must agree on. */
import type { Model } from "../../spec/lang/index.ts";
import { breadthFirst, check, type Outcome } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { breadthFirstOn, packedRefusal } from "./index.ts";

export interface Numbers {
  readonly verdict: string;
  /** The property that is false, "deadlock", or what the spec threw. */
  readonly finding: string | null;
  /** States of the behaviour that ends in the finding. */
  readonly trace: number;
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
  readonly vacuous: readonly string[];
}

const world = { now: () => 0, memoryBytes: () => 0 };

/** Of the reference engine. The others, and the oracle, must say the same: of counts only where the run was exhaustive. */
export function onEveryEngine(model: Model): Numbers {
  const expected = numbersOf(ended(breadthFirst(model, {}, world)));
  const runs: [string, Outcome][] = [];
  if (packedRefusal(model) === null) {
    for (const engine of ["views", "lowered"] as const) {
      runs.push([engine, ended(breadthFirstOn(engine, model, {}, world))]);
      runs.push([`${engine}, exact`, ended(breadthFirstOn(engine, model, {}, world, undefined, "states"))]);
    }
  }
  for (const [name, outcome] of runs) compare(name, comparable(numbersOf(outcome)), comparable(expected));
  if (expected.verdict === "failed") return expected;
  const { verdict, violated, distinct, generated, depth, trace } = check(model);
  const oracle = { ...expected, verdict, finding: violated, distinct, generated, depth, trace: trace?.length ?? 0 };
  compare("the oracle", comparable(oracle), comparable(expected));
  return expected;
}

function comparable(numbers: Numbers): Partial<Numbers> {
  if (numbers.verdict === "holds") return numbers;
  const { verdict, finding, trace } = numbers;
  return { verdict, finding, trace };
}

function compare(name: string, found: Partial<Numbers>, expected: Partial<Numbers>): void {
  const [a, b] = [JSON.stringify(found), JSON.stringify(expected)];
  if (a !== b) throw new Error(`${name} says ${a}, the reference engine ${b}`);
}

function numbersOf({ verdict, finding, trace, distinct, generated, depth, vacuous }: Outcome): Numbers {
  return {
    verdict,
    finding: nameOf(finding),
    trace: trace.length,
    distinct,
    generated,
    depth,
    vacuous: [...vacuous].sort(),
  };
}

function nameOf(finding: Outcome["finding"]): string | null {
  if (finding === null) return null;
  if (finding.kind === "deadlock") return "deadlock";
  return finding.kind === "error" ? finding.error.message : finding.property.name;
}
