/** Exact searches whose fingerprints are so poor that a search by fingerprints takes many states for one. */
import { describe, expect, it } from "vitest";
import { instantiate, integer, type Model, type ModelDeclaration, protocol, record } from "../../spec/lang/index.ts";
import { breadthFirst, breadthFirstBy, corpus, type Outcome, type PackedEngine, type Remembered } from "../index.ts";
import { modelOf } from "../reference/graph-model.suite.ts";
import { ended } from "../search/ended.suite.ts";
import { engineLaws } from "../search/engine.suite.ts";
import type { Run } from "../search/modes.ts";
import { Explorer } from "./explorer.ts";
import { keepsNothing, packedRefusal } from "./index.ts";
import { Frontier, levelsOf, tableFor } from "./local.ts";
import { Numbering } from "./numbering.ts";
import { usual } from "./tuning.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
/** Eight bits of each lane, or one: sums of such words have no others. */
const eightBits = -1 << 24;
const oneBit = -1 << 31;

/** A search like any other, but for its fingerprints: of each lane the bits of a mask. */
function* poorly(model: Model, engine: PackedEngine, remembered: Remembered, mask: number): Run {
  const table = tableFor(remembered);
  const numbering = new Numbering(null);
  const explorer = new Explorer(model, table, numbering, engine, (words) => new Int32Array(words), {
    ...usual,
    fingerprintMask: mask,
  });
  numbering.adopt();
  const levels = levelsOf(model, engine, table, explorer, {}, world);
  const frontier = new Frontier(explorer, levels, null);
  for (const _ of frontier.begin());
  while (!levels.isOver) yield* frontier.expand(() => false);
  return levels.outcome();
}

describe("with few fingerprints for all states, an exact search", () => {
  const engine = "lowered";
  for (const [says, law] of Object.entries(engineLaws)) {
    it(says, () => {
      let exact = 0;
      law((model: Model): Outcome => {
        if (packedRefusal(model) !== null) return ended(breadthFirst(model, {}, world));
        const outcome = ended(poorly(model, engine, "states", eightBits));
        expect([outcome.engine, outcome.exact, outcome.omission]).toEqual([engine, true, 0]);
        exact += 1;
        return outcome;
      });
      expect(exact).toBeGreaterThan(0);
    });
  }

  const runs = ["die-hard", "two-phase", "peterson"].flatMap((name) =>
    (["lowered", "views"] as const).map((on) => ({ name, on })),
  );
  it("is not kept, since a checkpoint holds no states", () => {
    const model = instantiate(declared("die-hard"));
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const keeper = { ...keepsNothing };
    expect(() => breadthFirstBy("lowered", model.value, {}, world, null, keeper, "states")).toThrow(
      "an exact search keeps no checkpoints",
    );
  });

  it("ends where all of a state takes no bit", () => {
    const one = protocol("One", { constants: {}, state: () => record({ only: integer(3, 3) }) });
    const stay = one.action("Stay", { says: "Nothing changes.", effect: () => undefined });
    const model = modelOf({ name: "one", says: "", spec: one.spec({ says: "", actions: [stay], properties: [] }) });
    const { distinct, generated } = ended(breadthFirstBy("lowered", model, {}, world, null, keepsNothing, "states"));
    expect([distinct, generated]).toEqual([1, 2]);
  });

  it.each(runs)("counts the states of $name by four of them on $on", ({ name, on }) => {
    const model = instantiate(declared(name));
    if (!model.ok) throw new Error(JSON.stringify(model.problems));
    const counted = ({ distinct, generated, depth }: Outcome) => ({ distinct, generated, depth });
    const expected = counted(ended(breadthFirst(model.value, {}, world)));
    expect(counted(ended(poorly(model.value, on, "states", oneBit)))).toEqual(expected);
    // Without comparison there are as many states as fingerprints.
    expect(ended(poorly(model.value, on, "fingerprints", oneBit)).distinct).toBeLessThanOrEqual(4);
  });
});

function declared(name: string): ModelDeclaration {
  const declaration = corpus.find((one) => one.name === name);
  if (declaration === undefined) throw new Error(`no ${name} in the corpus`);
  return declaration;
}
