import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { ran } from "./fake-io.suite.ts";
import { nodeSpecs } from "./node-specs.ts";

const folder = mkdtempSync(join(tmpdir(), "lockstep-user-"));
afterAll(() => rmSync(folder, { recursive: true }));
const specs = nodeSpecs(folder);

const jar = `import { id, ids, integer, map, protocol, record } from "lockstep";

const jars = protocol("Jars", {
  constants: { Jar: ids("j", { default: 2, says: "the jars" }) },
  state: (c) => record({ level: map(id(c.Jar), integer(0, 2)) }),
});

const fill = jars.action("Fill", {
  says: "A jar gets fuller.",
  params: (c) => ({ j: id(c.Jar) }),
  guard: (s, { j }) => s.level.get(j) < 2,
  effect: (s, { j }) => s.level.set(j, s.level.get(j) + 1),
});

const never = jars.invariant("NeverBothFull", {
  says: "Some jar has room.",
  holds: (s, c) => c.Jar.some((j) => s.level.get(j) < 2),
});

export const jarSpec = jars.spec({ says: "Jars that only get fuller.", actions: [fill], properties: [never] });
`;

/** Writes a spec and explores it; the report and the messages name it as `<name>.ts`. */
async function explored(name: string, text: string, options = "") {
  const path = join(folder, `${name}.ts`);
  writeFileSync(path, text);
  const { exit, stdout, stderr, written } = await ran(`explore ${path}${options}`, { specs });
  const shown = (output: string) => output.replaceAll(`${folder}/`, "");
  return { exit, stdout: shown(stdout), stderr: shown(stderr), written };
}

/** Which jars a printed behaviour fills, in order. The shortest behaviours differ in the order alone. */
function fillings(stdout: string): readonly string[] {
  return [...stdout.matchAll(/^ {2}\d {2}Fill\(j: (j\d)\)$/gm)].map(([, jar]) => jar ?? "");
}

/** How the steps that fill these jars are to be printed. */
function stepsOf(filled: readonly string[]): string {
  const levels: Record<string, number> = {};
  const steps = filled.map((jar, i) => {
    const before = levels[jar] ?? 0;
    levels[jar] = before + 1;
    return `  ${i + 1}  Fill(j: ${jar})\n       level[${jar}] ${before} → ${before + 1}\n`;
  });
  return steps.join("");
}

/** Replays the trace that was written as `t.json`. */
function replayed(written: Readonly<Record<string, string>>, against: typeof specs) {
  return ran("replay t.json", { specs: against, texts: { "t.json": written["t.json"] ?? "" } });
}

describe("a spec of the user's own", () => {
  it("is loaded without a build step, and its violation is explained from its source", async () => {
    const { exit, stdout, stderr } = await explored("jar", jar);
    expect({ exit, stderr }).toEqual({ exit: 12, stderr: "" });
    const filled = fillings(stdout);
    expect([...filled].sort()).toEqual(["j1", "j1", "j2", "j2"]);
    expect(
      stdout.slice(stdout.indexOf("VIOLATED")),
    ).toBe(`VIOLATED NeverBothFull (invariant) at step 4 · shortest · 9 distinct states
  Some jar has room.
  jar.ts:15:1

  0  Init
       level = {j1: 0, j2: 0}
${stepsOf(filled)}
Why NeverBothFull is false at step 4
  c.Jar.some((j) => s.level.get(j) < 2)   false for all 2  jar.ts:17:20
    for j = j1:
      s.level.get(j) < 2   2 ≥ 2
    for j = j2:
      s.level.get(j) < 2   2 ≥ 2

again  npx lockstep explore jar.ts
`);
  });

  it("whose rule a variant replaces by one that changes the draft it is handed is explored", async () => {
    const text = `import { type DraftOf, integer, protocol, record, withRules } from "lockstep";
const state = () => record({ n: integer(0, 3), m: integer(0, 3) });
type Draft = DraftOf<ReturnType<typeof state>>;
const step = (s: Draft): void => { s.n += 1; };
const p = protocol("Base", { constants: {}, state, rules: { step } });
const up = p.action("Up", { says: "A step.", guard: (s) => s.n < 3, effect: (s, _, c) => { c.rules.step(s); } });
const kept = p.invariant("Kept", { says: "m stays.", holds: (s) => s.n < 3 || s.m === 0 });
const base = p.spec({ says: "Base.", actions: [up], properties: [kept], terminates: true });
const broken = (s: Draft): void => { s.n += 1; s.m = 1; };
export const models = [
  { name: "right", spec: base, says: "Right." },
  { name: "named", spec: withRules(base, { step: broken }), says: "Wrong." },
  { name: "inline", spec: withRules(base, { step: (s: Draft) => { s.n += 1; s.m = 1; } }), says: "Wrong." },
];
`;
    for (const engine of ["", " --engine views", " --engine reference"]) {
      expect((await explored("variant", text, ` --model right${engine}`)).stdout).toContain("HOLDS");
      for (const model of ["named", "inline"])
        expect((await explored("variant", text, ` --model ${model}${engine}`)).stdout).toContain("VIOLATED");
    }
  });

  it("whose rule changes the state in a guard is told so, in every engine", async () => {
    const text = `import { type DraftOf, integer, protocol, record, withRules } from "lockstep";
const state = () => record({ n: integer(0, 3) });
type Draft = DraftOf<ReturnType<typeof state>>;
const p = protocol("Base", { constants: {}, state, rules: { ready: (s: { readonly n: number }): boolean => s.n < 3 } });
const up = p.action("Up", { says: "A step.", guard: (s, _, c) => c.rules.ready(s), effect: (s) => { s.n = 1; } });
const base = p.spec({ says: "Base.", actions: [up], properties: [], terminates: true });
export const broken = withRules(base, { ready: (s: Draft) => { s.n += 1; return true; } });
`;
    for (const engine of ["", " --engine views", " --engine reference"]) {
      const { exit, stdout } = await explored("guarding", text, engine);
      expect([exit, stdout]).toEqual([75, expect.stringContaining("only an effect")]);
    }
  });

  it("is said to hold for the constants that it was run with, those at their default but for numbers left out", async () => {
    const text = `import { choice, count, flag, integer, protocol, record } from "lockstep";
const p = protocol("P", {
  constants: {
    max: count({ default: 1, max: 3, says: "m" }),
    order: choice(["up", "down"], { default: "up", says: "o" }),
    lossy: flag({ default: false, says: "l" }),
  },
  state: (c) => record({ n: integer(0, c.max) }),
});
const kept = p.invariant("Kept", { says: "n is small.", holds: (s, c) => s.n <= c.max });
export const spec = p.spec({ says: "Nothing happens.", actions: [], properties: [kept], terminates: true });
`;
    expect((await explored("constants", text)).stdout).toContain("HOLDS within bounds: max=1 ·");
    const other = await explored("constants", text, " --set order=down --set lossy=true");
    expect(other.stdout).toContain("HOLDS within bounds: max=1 order=down lossy=true ·");
  });

  it("without an initial state has no verdict", async () => {
    const none = jar.replace(
      "actions: [fill]",
      "init: { guard: () => false, effect: () => undefined }, actions: [fill]",
    );
    const { exit, stdout, stderr } = await explored("none", none);
    expect([exit, stdout]).toEqual([75, ""]);
    expect(stderr).toContain("the spec has no initial state");
  });

  it("that deadlocks is told why each action is disabled", async () => {
    const { exit, stdout } = await explored("stuck", jar.replace("properties: [never]", "properties: []"));
    expect(exit).toBe(11);
    expect(stdout.slice(stdout.indexOf("Why"))).toBe(`Why nothing can happen at step 4
  Fill(j: j1) is disabled:
    s.level.get(j) < 2   2 ≥ 2  stuck.ts:11:24

again  npx lockstep explore stuck.ts
`);
  });

  it("is replayed from the trace alone, and says what fits no more after a change", async () => {
    const byDefault = await explored("changed", jar, " --trace t.json");
    expect((await replayed(byDefault.written, specs)).exit).toBe(12);
    // The order of the steps decides what fits no more; that of the reference is plain: the first jar comes first.
    const { written } = await explored("changed", jar, " --engine reference --trace t.json");
    expect((await replayed(written, specs)).exit).toBe(12);
    writeFileSync(
      join(folder, "changed.ts"),
      jar.replace("s.level.get(j) < 2,\n  effect", "s.level.get(j) < 1,\n  effect"),
    );
    const { exit, stdout } = await replayed(written, nodeSpecs(folder));
    expect(exit).toBe(1);
    expect(stdout.slice(stdout.indexOf("Why"))).toContain(`  its guard is false:
    s.level.get(j) < 1   1 ≥ 1  changed.ts:11:24
  enabled here:
    Fill(j: j2)

DIVERGED at step 2 of 4: Fill(j: j1) is not enabled
`);
  });
});

describe("a spec that cannot be explored", () => {
  const cases: readonly (readonly [says: string, name: string, text: string, stderr: string])[] = [
    [
      "does not type-check",
      "mistyped",
      jar.replace("s.level.get(j) + 1)", '"full")'),
      `lockstep: mistyped.ts:12:40: Argument of type 'string' is not assignable to parameter of type 'number'. (TypeScript 2345)
  try       Give it the type that is expected there; docs/writing-a-spec.md lists what each part of a spec takes.
`,
    ],
    [
      "does not parse",
      "unparsed",
      jar.replace("const fill =", "const fill"),
      `lockstep: unparsed.ts:8:12: ',' expected. (TypeScript 1005)
  try       Fix the syntax here or just before it; the other checks run once the file can be read.
lockstep: unparsed.ts:8:16: ',' expected. (TypeScript 1005)
  try       Fix the syntax here or just before it; the other checks run once the file can be read.
lockstep: unparsed.ts:8:23: ',' expected. (TypeScript 1005)
  try       Fix the syntax here or just before it; the other checks run once the file can be read.
`,
    ],
    [
      "is impure",
      "random",
      jar.replace("s.level.get(j) < 2,\n  effect", "Math.random() < 0.5,\n  effect"),
      `lockstep: random.ts:11:24: Math.random is random; a guard, an effect and a property depend on their arguments alone
  try       Give the action a parameter over a finite domain: the checker tries every value of it.
`,
    ],
    [
      "captures what changes",
      "capturing",
      jar
        .replace("const jars", "let calls = 0;\nconst jars")
        .replace("s.level.get(j) < 2,\n  effect", "(calls += 1) > 0,\n  effect"),
      `lockstep: capturing.ts:12:25: the guard of Fill assigns calls, a variable declared outside it: its result may differ from one call to the next
  try       Put what changes into the state of the protocol, and what does not into a const.
`,
    ],
    [
      "declares nothing to explore",
      "empty",
      "export const answer = 42;\n",
      `lockstep: empty.ts exports nothing to explore; it exports answer (a number)
  try       Export what protocol(...).spec({ ... }) returns, or models: objects of type ModelDeclaration.
`,
    ],
  ];
  for (const [says, name, text, stderr] of cases) {
    it(`is refused before it runs, with the place and what to do: it ${says}`, async () => {
      expect(await explored(name, text)).toEqual({ exit: 150, stdout: "", stderr, written: {} });
    });
  }

  it("is refused where it is not there", async () => {
    expect(await ran("explore nowhere/spec.ts", { specs })).toEqual({
      exit: 150,
      stdout: "",
      stderr: `lockstep: there is no file nowhere/spec.ts; expected the TypeScript file of a spec
  try       Fix the path, or give the name of a model: lockstep list shows them.
`,
      written: {},
      endedWith: null,
    });
  });
});

describe("a spec that fails while it runs", () => {
  it("is told the action, the state, the bound and the line", async () => {
    const { exit, stdout } = await explored(
      "overflow",
      jar.replace("  guard: (s, { j }) => s.level.get(j) < 2,\n", ""),
    );
    expect(exit).toBe(75);
    // Either jar overflows first, when it is filled for the third time.
    const jarOverfilled = stdout.match(/the effect of Fill\(j: (j[12])\) failed/)?.[1] ?? "";
    expect(stdout).toContain(`FAILED: the effect of Fill(j: ${jarOverfilled}) failed at step 3 · 8 distinct states
  level[${jarOverfilled}] became 3; its bound is 0..2
  overflow.ts:11:33
  try       Declare a wider bound, keep the action within it by a guard, or end before it by a state constraint that is false already in the state before.

  0  Init
       level = {j1: 0, j2: 0}
${stepsOf([jarOverfilled, jarOverfilled])}`);
  });

  it("is told the line of the property that throws", async () => {
    const holds = `holds: (s, c) => {
    if (c.Jar.every((j) => s.level.get(j) === 1)) throw new Error("no answer for two jars alike");
    return true;
  },`;
    const { exit, stdout } = await explored("throwing", jar.replace(/holds: .*/, holds));
    expect(exit).toBe(76);
    expect(stdout).toContain(`FAILED: the invariant NeverBothFull could not be evaluated at step 2 · 6 distinct states
  no answer for two jars alike
  throwing.ts:18:57
  try       Fix this line: holds must return a boolean in every state; exclude the others with when.
`);
  });
});
