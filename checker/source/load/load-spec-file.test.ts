import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { BoundError, instantiate } from "../../../spec/lang/index.ts";
import { check } from "../../reference/reference.ts";
import { Semantics } from "../../reference/semantics.ts";
import { type LoadResult, loadSpecFile } from "../index.ts";
import { packageRoot } from "../modules/package-root.ts";

const folder = mkdtempSync(join(tmpdir(), "lockstep-load-"));

/** Writes the files of one test into a folder of their own, without node_modules; the path of the first. */
function write(name: string, files: Readonly<Record<string, string>>): string {
  const paths = Object.entries(files).map(([path, text]) => {
    const whole = join(folder, name, path);
    mkdirSync(dirname(whole), { recursive: true });
    writeFileSync(whole, text);
    return whole;
  });
  return paths[0] ?? "";
}

const counter = `
import { count, integer, protocol, record } from "lockstep";

const counter = protocol("Counter", {
  constants: { max: count({ default: 3, says: "the largest number" }) },
  state: (c) => record({ n: integer(0, c.max) }),
});

const tick = counter.action("Tick", {
  says: "Counts on.",
  effect: (s) => {
    s.n += 1;
  },
});
`;
const counterSpec = `counter.spec({ says: "A counter.", actions: [tick], properties: [] })`;

function problemsOf(loaded: LoadResult) {
  return loaded.ok ? [] : loaded.problems;
}

describe("loading a spec from a folder without node_modules", () => {
  afterAll(() => rmSync(folder, { recursive: true }));

  it("gives models that the checker explores, with the counts of our own copy", async () => {
    const read = (file: string): string =>
      readFileSync(join(packageRoot(), "checker/corpus", file), "utf8").replaceAll(
        "../../spec/lang/index.ts",
        "lockstep",
      );
    const file = write("two-phase", {
      "two-phase.ts": read("two-phase.ts"),
      "transaction-commit.ts": read("transaction-commit.ts"),
    });
    const loaded = await loadSpecFile(file);
    expect(problemsOf(loaded)).toEqual([]);
    const models = loaded.ok ? loaded.models : [];
    expect(models.map((model) => [model.name, model.file])).toEqual([["two-phase", file]]);
    const counts = models.map((model) => {
      const instance = instantiate(model);
      return instance.ok ? check(instance.value) : null;
    });
    expect(counts).toMatchObject([{ verdict: "holds", distinct: 288, generated: 1146, depth: 11 }]);
  });

  it("shares the vocabulary with the checker, and tells where in the spec an error was thrown", async () => {
    const late = counter.replace("s.n += 1;", `if (s.n === 2) throw new RangeError("too late");\n    s.n += 1;`);
    const file = write("shared", { "late.ts": `${late}\nexport const late = ${counterSpec};` });
    const loaded = await loadSpecFile(file);
    if (!loaded.ok) throw new Error(loaded.problems[0]?.message);
    const model = instantiate(loaded.models[0] ?? never());
    if (!model.ok) throw new Error("the defaults of the spec do not fit it");
    const thrown = caught(() => check(model.value));
    expect(loaded.placeOf(causeOf(thrown))).toEqual({ file, line: 12, column: 26 });
    const [start] = new Semantics(model.value).initial();
    const tooHigh = caught(() => new Semantics(model.value).encode({ ...Object(start?.after), n: 9 }));
    expect(tooHigh).toBeInstanceOf(BoundError);
  });

  it("names a bare spec after its export, and a default export after its file", async () => {
    const text = `${counter}\nexport const small = ${counterSpec};\nconst other = { ...small, name: "Other" };\nexport default other;`;
    const loaded = await loadSpecFile(write("names", { "my-counter.ts": text }));
    expect(loaded.ok && loaded.models.map(({ name, says }) => [name, says])).toEqual([
      ["small", "A counter."],
      ["my-counter", "A counter."],
    ]);
  });

  it("prefers declared models to the spec they use, and takes them from lists and from imported files", async () => {
    const models = `
      import type { ModelDeclaration } from "lockstep";
      import { spec } from "./parts/counter";
      export { spec };
      const model = (name: string, max: number): ModelDeclaration => ({ name, spec, says: name, set: { max } });
      export const models = [model("ten", 10), model("twenty", 20)];
      export const one = model("one", 1);`;
    const file = write("lists", {
      "models.ts": models,
      "parts/counter.ts": `${counter}\nexport const spec = ${counterSpec};`,
    });
    const loaded = await loadSpecFile(file);
    expect(loaded.ok && loaded.models.map(({ name }) => name)).toEqual(["ten", "twenty", "one"]);
  });

  it("lets a spec build on our own Raft", async () => {
    const text = `import { raftModels } from "lockstep/raft";\nexport const models = raftModels.slice(0, 1);`;
    const loaded = await loadSpecFile(write("raft", { "mine.ts": text }));
    expect(problemsOf(loaded)).toEqual([]);
    expect(loaded.ok && loaded.models.map(({ name }) => name)).toEqual(["raft"]);
  });

  it("reports a path that names no file", async () => {
    const file = join(folder, "absent.ts");
    expect(problemsOf(await loadSpecFile(file))).toEqual([
      {
        code: "not-found",
        file,
        line: 1,
        column: 1,
        message: `there is no file ${file}; expected the TypeScript file of a spec`,
        tryThis: "Fix the path, or give the name of a model: lockstep list shows them.",
      },
    ]);
  });

  it("reports a file that is no TypeScript", async () => {
    const file = write("other", { "spec.tla": "---- MODULE Spec ----" });
    expect(problemsOf(await loadSpecFile(file))).toEqual([
      {
        code: "not-typescript",
        file,
        line: 1,
        column: 1,
        message: `${file} is no TypeScript source; expected a file whose name ends in .ts or .mts`,
        tryThis: "Give the TypeScript file that declares the spec.",
      },
    ]);
  });

  it("reports syntax errors alone, because nothing else can be said", async () => {
    const file = write("syntax", {
      "broken.ts": `import { readFileSync } from "node:fs";\nexport const spec = protocol(;`,
    });
    expect(problemsOf(await loadSpecFile(file))).toEqual([
      {
        code: "syntax",
        file,
        line: 2,
        column: 30,
        message: "')' expected. (TypeScript 1005)",
        tryThis: "Fix the syntax here or just before it; the other checks run once the file can be read.",
      },
    ]);
  });

  it("reports type errors and impurities of all files, nearest first", async () => {
    const main = `${counter}import { limit } from "./limit.ts";\nexport const spec = ${counterSpec.replace("[tick]", "[tick, limit]")};`;
    const file = write("types", { "main.ts": main, "limit.ts": "export const limit = Math.random();\n" });
    const problems = problemsOf(await loadSpecFile(file));
    expect(problems.map(({ code, file: at, line, column, message }) => [code, at, line, column, message])).toEqual([
      ["type", file, 16, 72, "Type 'number' is not assignable to type 'Action'. (TypeScript 2322)"],
      [
        "randomness",
        join(dirname(file), "limit.ts"),
        1,
        22,
        "Math.random is random; a guard, an effect and a property depend on their arguments alone",
      ],
    ]);
  });

  it("does not run a spec that is refused", async () => {
    const file = write("refused", { "spec.ts": `throw new Error("ran");\nexport const time = Date.now();` });
    expect(problemsOf(await loadSpecFile(file)).map(({ code }) => code)).toContain("clock");
  });

  it("reports what a spec throws when it is loaded, at its place", async () => {
    const text = `import { oneOf } from "lockstep";\nexport const color =\n  oneOf("red", "red");\n`;
    const file = write("throws", { "colors.ts": text });
    expect(problemsOf(await loadSpecFile(file))).toEqual([
      {
        code: "declaration",
        file,
        line: 3,
        column: 3,
        message: "oneOf(red, red): the name red is given twice",
        tryThis: "Write each name once.",
      },
    ]);
  });

  it("says what a file without a spec exports", async () => {
    const text = `${counter}\nexport const actions = [tick];\nexport const half = (n: number): number => n / 2;`;
    const file = write("nothing", { "parts.ts": text });
    expect(problemsOf(await loadSpecFile(file))).toEqual([
      {
        code: "no-model",
        file,
        line: 1,
        column: 1,
        message: "parts.ts exports nothing to explore; it exports actions (an array), half (a function)",
        tryThis: "Export what protocol(...).spec({ ... }) returns, or models: objects of type ModelDeclaration.",
      },
    ]);
  });

  it("refuses two models of one name", async () => {
    const text = `${counter}\nconst spec = ${counterSpec};\nexport const a = { name: "same", says: "", spec };\nexport const b = { ...a };`;
    const file = write("twice", { "twice.ts": text });
    expect(problemsOf(await loadSpecFile(file))).toEqual([
      {
        code: "same-name",
        file,
        line: 1,
        column: 1,
        message: "twice.ts exports two models with the name same",
        tryThis: "Give each model a name of its own.",
      },
    ]);
  });
});

function caught(run: () => unknown): unknown {
  try {
    run();
  } catch (error) {
    return error;
  }
  throw new Error("nothing was thrown");
}

function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? error.cause : error;
}

function never(): never {
  throw new Error("the spec has no model");
}
