import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { type Expectation, instantiate, type Model, type ModelDeclaration } from "../../spec/lang/index.ts";
import { breadthFirst, check, corpus, type Outcome } from "../index.ts";

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
/** `npm run equality` runs the long form. */
const isLong = env["LOCKSTEP_EQUALITY"] === "all";
/** The reference takes minutes for more generated states; the packed engines take them in checker/compile/corpus.test.ts. */
const referenceMax = isLong ? Number.POSITIVE_INFINITY : 1_000_000;
/** The search is compared with the reference on models that generate fewer states than this. */
const generatedMax = 100_000;
/** For the largest of them on a machine that has other things to do. */
const timeout = 60 * 60_000;
const world = { now: () => 0, memoryBytes: () => 0 };

const isRoutine = ({ large, expect: expected }: ModelDeclaration): boolean =>
  large !== true && (expected?.generated ?? 0) <= referenceMax;
const routine = corpus.filter(isRoutine);
const large = corpus.filter((declaration) => !isRoutine(declaration));
if (large.length > 0) {
  const names = large.map(({ name }) => name).join(", ");
  process.stderr.write(`\nNOT RUN on the reference, too large for the routine tests: ${names}\n\n`);
}

/** The numbers that an expectation may give; absent where it does not. */
type Numbers = Omit<Expectation, "source" | "note">;

function modelOf(declaration: ModelDeclaration): Model {
  const model = instantiate(declaration);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function numbersOf({ source: _, note: __, ...numbers }: Expectation): Numbers {
  return numbers;
}

/** Of what was found, those numbers that were expected. */
function foundAs(expected: Expectation, found: Numbers): Partial<Numbers> {
  return Object.fromEntries(Object.entries(found).filter(([name]) => Object.hasOwn(numbersOf(expected), name)));
}

function unmetGoals(model: Model, reached: readonly string[]): readonly string[] {
  const goals = model.properties.filter(({ kind }) => kind === "reachable").map(({ name }) => name);
  return goals.filter((name) => !reached.includes(name));
}

function referenceNumbers(model: Model): Numbers {
  const { verdict, violated, trace, distinct, generated, depth, reached } = check(model);
  const counts = { verdict, distinct, generated, depth, unmet: unmetGoals(model, reached) };
  return violated === null ? counts : { ...counts, violated, traceLength: trace?.length ?? 0 };
}

function searchNumbers({ model, verdict, finding, trace, distinct, generated, depth, goals }: Outcome): Numbers {
  if (verdict === "incomplete" || verdict === "failed") throw new Error(`the search ended ${verdict}`);
  const reached = goals.filter(({ witness }) => witness !== null).map(({ property }) => property.name);
  const counts = { verdict, distinct, generated, depth, unmet: unmetGoals(model, reached) };
  if (finding === null || finding.kind === "error") return counts;
  const violated = finding.kind === "deadlock" ? "deadlock" : finding.property.name;
  return { ...counts, violated, traceLength: trace.length };
}

function ended(model: Model): Outcome {
  const run = breadthFirst(model, {}, world);
  let next = run.next();
  while (next.done !== true) next = run.next();
  return next.value;
}

describe("the corpus", () => {
  it("names each of its models once", () => {
    const names = corpus.map(({ name }) => name);
    expect(names.filter((name, position) => names.indexOf(name) !== position)).toEqual([]);
  });

  it("names the file of each model, and the file exists", () => {
    expect(corpus.filter(({ file }) => file === undefined || !existsSync(join(root, file)))).toEqual([]);
  });

  it("says of each model what must come out, and who published it", () => {
    const silent = corpus.filter(({ expect: expected }) => expected === undefined || expected.source === "");
    expect(silent.map(({ name }) => name)).toEqual([]);
  });

  it("says what is violated and after how long wherever something is", () => {
    const violated = corpus.flatMap(({ name, expect: expected }) =>
      expected?.verdict === "violated" ? [{ name, ...expected }] : [],
    );
    const vague = violated.filter((one) => one.violated === undefined || one.traceLength === undefined);
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it("gives all three counts of every model that holds", () => {
    const holding = corpus.flatMap(({ name, expect: expected }) =>
      expected?.verdict === "holds" ? [{ name, ...expected }] : [],
    );
    const vague = holding.filter(({ distinct, generated, depth }) => [distinct, generated, depth].includes(undefined));
    expect(vague.map(({ name }) => name)).toEqual([]);
  });

  it("is made of models that can be built, each with the properties that it names", () => {
    for (const declaration of corpus) {
      const { properties } = modelOf(declaration);
      const wanted = declaration.properties ?? declaration.spec.properties.map(({ name }) => name);
      expect([declaration.name, properties.map(({ name }) => name).toSorted()]).toEqual([
        declaration.name,
        wanted.toSorted(),
      ]);
    }
  });
});

for (const declaration of routine) {
  const { name, expect: expected } = declaration;
  if (expected === undefined) continue;

  describe(`the model ${name}`, () => {
    const model = modelOf(declaration);

    it(`comes out of the reference as published: ${textOf(expected)}`, { timeout }, () => {
      const found = referenceNumbers(model);
      expect(foundAs(expected, found)).toEqual(numbersOf(expected));
      expect(model.properties.length > 0 || model.checksDeadlock).toBe(true);
      if ((found.generated ?? 0) < generatedMax) expect(searchNumbers(ended(model))).toEqual(found);
    });
  });
}

function textOf({ verdict, violated, traceLength, distinct, generated, depth }: Expectation): string {
  const parts = [
    violated === undefined ? verdict : `${violated} ${verdict} by ${traceLength} states`,
    distinct === undefined ? null : `${distinct} distinct`,
    generated === undefined ? null : `${generated} generated`,
    depth === undefined ? null : `depth ${depth}`,
  ];
  return parts.filter((part) => part !== null).join(", ");
}
