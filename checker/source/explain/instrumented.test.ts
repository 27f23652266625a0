import { describe, expect, it } from "vitest";
import { instantiate, type ModelDeclaration } from "../../../spec/lang/index.ts";
import { corpus } from "../../corpus/manifest.ts";
import { check } from "../../reference/reference.ts";
import { Semantics, type State } from "../../reference/semantics.ts";
import { explainer } from "./explain.ts";
import { openInstrumented } from "./instrumented.ts";

/** One small model of each spec of the corpus: enough of them to meet every form of the language that specs use. */
const small = corpus.filter(
  ({ expect: { distinct = Infinity, generated = Infinity } = { verdict: "holds", source: "" } }, position) => {
    const { spec } = corpus[position] ?? {};
    return distinct <= 2500 && generated <= 5000 && corpus.findIndex((other) => other.spec === spec) === position;
  },
);

/** The states of the first levels, a few of each. */
function someStates(semantics: Semantics): readonly State[] {
  let level: readonly State[] = [...semantics.initial()].slice(0, 2).map(({ after }) => after);
  const found = [...level];
  for (let depth = 0; depth < 5; depth += 1) {
    level = level.flatMap((state) => [...semantics.successors(state)].map(({ after }) => after)).slice(0, 3);
    found.push(...level);
  }
  return found;
}

async function failures(declaration: ModelDeclaration): Promise<readonly string[]> {
  const model = instantiate(declaration);
  if (!model.ok) return ["the settings do not fit"];
  const semantics = new Semantics(model.value);
  const why = await explainer({ declaration, settings: model.value.settings });
  return someStates(semantics).flatMap((state) =>
    model.value.actions.flatMap((action) =>
      semantics
        .choices(action, state)
        .slice(0, 20)
        .filter((choice) => !action.guard(state, choice, model.value.constants))
        .map((choice) => why.guard(action.name, choice, state))
        .flatMap((explained) => (explained.ok ? [] : [`${action.name}: ${explained.message}`])),
    ),
  );
}

describe("a spec that records its evaluations", () => {
  it("is tried on several specs", () => {
    expect(small.length).toBeGreaterThanOrEqual(6);
  });

  it.each(small.map((declaration) => [declaration.name, declaration] as const))(
    "has the states, transitions and verdict of %s",
    async (_, declaration) => {
      const opened = await openInstrumented(declaration, {});
      if (!opened.ok) throw new Error(opened.message);
      const { verdict, distinct, generated } = check(opened.value.model);
      const { expect: expected } = declaration;
      expect({ verdict, distinct, generated }).toEqual({
        verdict: expected?.verdict,
        distinct: expected?.distinct,
        generated: expected?.generated,
      });
    },
  );

  it.each(small.map((declaration) => [declaration.name, declaration] as const))(
    "explains every false guard of %s in its first states",
    async (_, declaration) => {
      expect(await failures(declaration)).toEqual([]);
    },
  );
});
