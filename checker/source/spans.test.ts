import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { propertyBuilders } from "../../spec/lang/properties.ts";
import { type Span, spanNamed, spansOf } from "./index.ts";

const folder = mkdtempSync(join(tmpdir(), "lockstep-spans-"));
afterAll(() => rmSync(folder, { recursive: true }));

const spec = `import { protocol, record } from "lockstep";
import { safe } from "./safe.ts";
const p = protocol("P", { constants: {}, state: () => record({}) });
export const tick = p.action("Tick", {
  says: "Ticks.",
  effect: () => undefined,
});
const calm = (n: number) => p.reachable(\`Calm\${n}\`, { says: "Is calm.", goal: () => true });
export const spec = p.spec({
  says: "P.",
  init: { effect: () => undefined },
  actions: [tick],
  properties: [safe, calm(1), calm(2)],
  constraints: [p.stateConstraint("Small", { says: "Is small.", within: () => true })],
});
`;
const safe = `import { protocol, record } from "lockstep";
const q = protocol("Q", { constants: {}, state: () => record({}) });
export const safe = q.invariant("Safe", { says: "Is safe.", holds: () => true });
export const other = q.action("Tick", { says: "Another.", effect: () => undefined });
`;

function written(): string {
  writeFileSync(join(folder, "safe.ts"), safe);
  const file = join(folder, "spec.ts");
  writeFileSync(file, spec);
  return file;
}

const lines = ({ kind, name, line, endLine }: Span) => [kind, name, line, endLine];

describe("the spans of a spec", () => {
  it("cover the parameters of actions and of init, and the constants that models set", async () => {
    const file = join(folder, "parameters.ts");
    writeFileSync(
      file,
      `export const go = p.action("Go", {
  params: (c) => ({
    j: id(c.Jar),
    "a b": boolean(),
  }),
  effect: () => undefined,
});
export const spec = p.spec({
  init: { params: () => ({ n: integer(0, 1) }) },
});
export const small = {
  name: "small",
  set: {
    max: 1,
    Jar: 2,
  },
};
const other = { name: "other", set: sets };
`,
    );
    const kinds = ["parameter", "setting"];
    const spans = await spansOf(file);
    expect(spans.filter(({ kind }) => kinds.includes(kind)).map(lines)).toEqual([
      ["parameter", "Go.j", 3, 3],
      ["parameter", "Go.a b", 4, 4],
      ["parameter", "Init.n", 9, 9],
      ["setting", "small.max", 14, 14],
      ["setting", "small.Jar", 15, 15],
    ]);
  });

  it("cover the fields of the state, and those of no other record", async () => {
    const file = join(folder, "fields.ts");
    writeFileSync(
      file,
      `const inner = () => record({ hidden: integer(0, 1) });
const stateSchema = (c) =>
  record({
    n: integer(0, 1),
    "a b": inner(),
  });
function state() {
  return record({ m: record({ deep: boolean() }) });
}
`,
    );
    expect((await spansOf(file)).map(lines)).toEqual([
      ["field", "n", 4, 4],
      ["field", "a b", 5, 5],
      ["field", "m", 8, 8],
    ]);
  });

  it("cover properties of every builder", async () => {
    const file = join(folder, "builders.ts");
    const builders = Object.keys(propertyBuilders);
    writeFileSync(file, builders.map((builder) => `p.${builder}("${builder}", {});\n`).join(""));
    expect((await spansOf(file)).map(({ kind, name }) => [kind, name])).toEqual(
      builders.map((name) => ["property", name]),
    );
  });

  it("cover each declaration of the file and of its imports, nearest file first", async () => {
    const file = written();
    const spans = await spansOf(file);
    expect(spans.map(({ file: at }) => at)).toEqual([
      file,
      file,
      file,
      file,
      ...Array(2).fill(join(folder, "safe.ts")),
    ]);
    expect(spans.map(lines)).toEqual([
      ["action", "Tick", 4, 7],
      ["property", "Calm*", 8, 8],
      ["action", "Init", 11, 11],
      ["constraint", "Small", 14, 14],
      ["property", "Safe", 3, 3],
      ["action", "Tick", 4, 4],
    ]);
  });

  it("start at the statement where it declares nothing else, and at the call otherwise", async () => {
    const spans = await spansOf(written());
    expect(spans[0]).toMatchObject({ line: 4, column: 1, endLine: 7, endColumn: 4 });
    expect(spans[3]).toMatchObject({ line: 14, column: 17, endLine: 14, endColumn: 86 });
  });

  it("find the nearest declaration of a name, and computed names by their pattern", async () => {
    const spans = await spansOf(written());
    expect(spanNamed(spans, "action", "Tick")).toBe(spans[0]);
    expect(spanNamed(spans, "property", "Calm2")).toBe(spans[1]);
    expect(spanNamed(spans, "property", "Tick")).toBeNull();
  });

  it("prefer the computed name with the longest fixed text", () => {
    const span = (name: string): Span => ({
      kind: "property",
      name,
      file: "",
      line: 1,
      column: 1,
      endLine: 1,
      endColumn: 1,
    });
    const spans = [span("*"), span("Reads*"), span("R*")];
    expect(spanNamed(spans, "property", "Reads2")).toBe(spans[1]);
    expect(spanNamed(spans, "property", "Writes2")).toBe(spans[0]);
  });

  it("of our own specs have paths from the root of the package", async () => {
    const spans = await spansOf("checker/corpus/two-phase.ts");
    expect(spanNamed(spans, "action", "TMCommit")).toMatchObject({ file: "checker/corpus/two-phase.ts" });
    const consistent = spans.filter(({ name }) => name === "TCConsistent").map(({ file }) => file);
    expect(consistent).toEqual(["checker/corpus/two-phase.ts", "checker/corpus/transaction-commit.ts"]);
  });

  it("of Raft lie in the files that bear their names", async () => {
    const spans = await spansOf("spec/raft/raft.ts");
    expect(spanNamed(spans, "property", "ElectionSafety")).toMatchObject({
      file: "spec/raft/properties/election-safety.ts",
    });
    expect(spanNamed(spans, "action", "Timeout")).toMatchObject({ file: "spec/raft/actions/timeout.ts" });
  });

  it("are none where there is no such file", async () => {
    expect(await spansOf("spec/absent.ts")).toEqual([]);
  });
});
