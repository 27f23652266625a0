import { describe, expect, it } from "vitest";
import { instantiate, type Model, type ModelDeclaration } from "../../spec/lang/index.ts";
import { corpus, type Outcome, type Progress } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { comparable } from "../search/engine.suite.ts";
import type { Command } from "../search/search.ts";
import { Table } from "../store/table.ts";
import { Explorer } from "./explorer.ts";
import { breadthFirstOn } from "./index.ts";
import { Frontier, levelsOf } from "./local.ts";
import { usual } from "./tuning.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

interface Limited {
  readonly outcome: Outcome;
  readonly isFull: boolean;
  readonly words: number;
}

/** A whole search by one thread whose trees take no more than so many words. */
function searched(model: Model, trieWordsMax: number): Limited {
  const table = new Table(null);
  const explorer = new Explorer(model, table, null, "lowered", (words) => new Int32Array(words), {
    ...usual,
    trieWordsMax,
  });
  const levels = levelsOf(model, "lowered", table, explorer, {}, world);
  const frontier = new Frontier(explorer, levels, null);
  for (const _ of frontier.begin());
  function* run(): Generator<Progress, Outcome, Command> {
    while (!levels.isOver) yield* frontier.expand(() => false);
    return levels.outcome();
  }
  return { outcome: ended(run()), isFull: explorer.tries.isFull, words: explorer.tries.used };
}

const chosen: readonly (readonly [string, Partial<ModelDeclaration>])[] = [
  ["two-phase", {}],
  ["two-phase", { symmetry: true }],
  ["scheduling-allocator", {}],
  ["missionaries-and-cannibals", {}],
  ["raft-2s-2e-0r-1v", {}],
  ["raft-2s-2e-0r-1v", { deadData: true, symmetry: true }],
];

describe.each(chosen)("a search of %s with %o whose trees are full", (name, reductions) => {
  const declaration = corpus.find((one) => one.name === name);
  if (declaration === undefined) throw new Error(`there is no ${name}`);
  const model = instantiate({ ...declaration, ...reductions });
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  const whole = searched(model.value, Number.POSITIVE_INFINITY);

  it("is the search that one thread does, where there is no limit", () => {
    const outcome = ended(breadthFirstOn("lowered", model.value, {}, world));
    expect([whole.isFull, comparable(whole.outcome)]).toEqual([false, comparable(outcome)]);
  });

  it.each([0, 0.1, 0.5])("finds the same with %f of the words that it would take", (part) => {
    const limit = Math.floor(whole.words * part);
    const { outcome, isFull, words } = searched(model.value, limit);
    expect(isFull).toBe(true);
    expect(words).toBeGreaterThanOrEqual(limit);
    expect(comparable(outcome)).toEqual(comparable(whole.outcome));
  });
});
