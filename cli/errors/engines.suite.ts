import { integer, type ModelDeclaration, protocol, record } from "../../spec/lang/index.ts";
import { effect, guard, sold, specPart, withOptions } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

const counters = protocol("Fickle", { constants: {}, state: () => record({ n: integer(0, 9) }) });

/** A spec that the loader would refuse: it keeps a number of its own from one call to the next. */
function fickle(part: "effect" | "goal"): ModelDeclaration {
  let calls = 0;
  const next = (): number => {
    calls += 1;
    return calls;
  };
  const jump = counters.action("Jump", {
    says: "The number becomes another one.",
    effect: (s) => {
      s.n = part === "effect" ? next() % 10 : (s.n + 1) % 10;
    },
  });
  const small = counters.invariant("Small", {
    says: "The number stays small.",
    holds: (s) => (part === "goal" ? next() % 2 === 0 : s.n < 5),
  });
  const spec = counters.spec({ says: "A spec with a memory of its own.", actions: [jump], properties: [small] });
  return { name: "fickle", spec, says: "Not a function of the state." };
}

/** A spec that is different once, and never again: nothing can show afterwards that it was. */
function differentOnce(): ModelDeclaration {
  let calls = 0;
  const jump = counters.action("Jump", {
    says: "The number goes on.",
    guard: (s) => s.n < 9,
    effect: (s) => {
      calls += 1;
      s.n = calls === 3 ? 7 : s.n + 1;
    },
  });
  const small = counters.invariant("Small", { says: "The number is not seven.", holds: (s) => s.n !== 7 });
  const spec = counters.spec({
    says: "A spec that is different once.",
    terminates: true,
    actions: [jump],
    properties: [small],
  });
  return { name: "once", spec, says: "Not a function of the state." };
}

export const engines: Chapter = {
  title: "Symmetry, dead data and engines",
  says: `The option --engine takes lowered (the default), views or reference. The first two pack states into whole numbers; the
reference keeps them as objects, and runs every model. Symmetry and dead data are claims of the spec, which a run checks.`,
  entries: [
    {
      title: "Symmetry over too many ids",
      change: [specPart('symmetry: ["Jar"]')],
      line: "explore shop.ts --symmetry --set Jar=8",
    },
    {
      title: "Ids that are not treated alike",
      note: "The loop ends after the first id, which is another one when the ids are renamed.",
      change: [
        specPart('symmetry: ["Jar"]'),
        effect("for (const one of c.Jar) {\n      s.level.set(one, 1);\n      if (s.sold === 0) break;\n    }"),
      ],
      line: "explore shop.ts --symmetry",
      instead: withOptions("--symmetry", specPart('symmetry: ["Jar"]'), effect("s.level.set(j, 1);")),
    },
    {
      title: "Dead data that is not dead",
      note: "The guard reads sold, which deadData sets to 0.",
      change: [
        guard("(s, { j }) => s.level.get(j) < 2 && s.sold === 0"),
        effect("s.level.set(j, c.max);\n    s.sold = 1;"),
        specPart(
          'deadData: {\n    says: "What was sold is not read again.",\n    reset: (s) => {\n      s.sold = 0;\n    },\n  }',
        ),
      ],
      line: "explore shop.ts --dead-data",
      instead: withOptions(
        "--dead-data",
        guard("(s, { j }) => s.level.get(j) < 2"),
        effect("s.level.set(j, c.max);\n    s.sold = 1;"),
        specPart(
          'deadData: {\n    says: "What was sold is not read again.",\n    reset: (s) => {\n      s.sold = 0;\n    },\n  }',
        ),
      ),
    },
    {
      title: "An integer that no packed state holds",
      change: [sold("integer(0, 3_000_000_000)")],
      line: "explore shop.ts --engine views",
      instead: withOptions("--engine views"),
    },
    {
      title: "A view on a packed engine",
      change: [specPart("view: (s) => s.sold")],
      line: "explore shop.ts --engine lowered",
    },
    {
      title: "A bag of too many copies for a packed engine",
      change: [sold("bag(integer(0, 2), { copies: 300 })")],
      line: "explore shop.ts --engine views",
      instead: withOptions("--engine views", sold("bag(integer(0, 2), { copies: 200 })")),
    },
    {
      title: "An action gives two results",
      note: "The effect counts its calls outside the state, in a way that the check of the text did not see.",
      models: { "fickle.ts": [fickle("effect")] },
      line: "explore fickle.ts",
    },
    {
      title: "A property gives two results",
      note: "The property counts its calls outside the state, in a way that the check of the text did not see.",
      models: { "fickle.ts": [fickle("goal")] },
      line: "explore fickle.ts --engine views",
    },
    {
      title: "A run contradicts itself, and the spec is not shown to be the reason",
      note: "The third call of an effect gives another result than any other call: a defect of an engine would look the same.",
      models: { "once.ts": [differentOnce()] },
      line: "explore once.ts",
    },
    {
      title: "A defect of lockstep",
      note: "The clock of the machine throws.",
      models: { "fickle.ts": [fickle("effect")] },
      world: {
        now: () => {
          throw new Error("the clock is broken");
        },
      },
      line: "explore fickle.ts",
    },
  ],
};
