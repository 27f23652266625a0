import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { instantiate, type Model, type ModelDeclaration, type Settings } from "../../../spec/lang/index.ts";
import { check } from "../../reference/reference.ts";
import { Semantics, type State } from "../../reference/semantics.ts";
import {
  type Explained,
  type Explainer,
  explain,
  explainer,
  explainGuard,
  explanationLines,
  loadSpecFile,
  renderExplanation,
} from "../index.ts";
import { packageRoot } from "../modules/package-root.ts";

const folder = mkdtempSync(join(tmpdir(), "lockstep-explain-"));
afterAll(() => rmSync(folder, { recursive: true }));

function write(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

async function load(path: string, name: string): Promise<ModelDeclaration> {
  const loaded = await loadSpecFile(path);
  if (!loaded.ok) throw new Error(loaded.problems.map(({ line, message }) => `${line}: ${message}`).join("\n"));
  const model = loaded.models.find((one) => one.name === name);
  if (model === undefined) throw new Error(`${path} declares no model ${name}`);
  return model;
}

function modelOf(declaration: ModelDeclaration, settings: Settings = {}): Model {
  const model = instantiate(declaration, settings);
  if (!model.ok) throw new Error("the settings do not fit");
  return model.value;
}

function firstState(model: Model): State {
  for (const { after } of new Semantics(model).initial()) return after;
  throw new Error("there is no initial state");
}

/** The lines of an explanation, with the file and the line where they change; or why there is none. */
function lines(explained: Explained): readonly string[] {
  if (!explained.ok) return [`${explained.because}: ${explained.message}`];
  return explanationLines(explained.explanation).map(({ depth, text, place }) => {
    const at = place === null ? "" : `  (${basename(place.file)}:${place.line})`;
    return "  ".repeat(depth) + text + at;
  });
}

/** The lines without their places, for sources that may grow. */
function texts(explained: Explained): readonly string[] {
  return lines(explained).map((line) => line.replace(/ {2}\([\w.-]+:\d+\)$/, ""));
}

/** Three servers; s1 and s3 lead in term 2. */
const cluster = `import { type ConstantsOf, id, ids, integer, map, oneOf, option, protocol, record, sequence, set, type ViewOf } from "lockstep";
import { isLeader, sameTerm } from "./roles.ts";
const constants = { Server: ids("s", { default: 3, says: "the servers" }) };
type C = ConstantsOf<typeof constants>;
const schema = (c: C) => record({
  role: map(id(c.Server), oneOf("Follower", "Leader")),
  term: map(id(c.Server), integer(0, 9)),
  votes: set(id(c.Server)),
  log: sequence(record({ term: integer(0, 9), from: id(c.Server) }), 5),
  owner: option(id(c.Server)),
  n: integer(0, 9),
});
export type S = ViewOf<ReturnType<typeof schema>>;
const p = protocol("Cluster", { constants, state: schema });
function ownerIsLate(s: S, c: C): boolean {
  const { owner } = s;
  if (owner === null) return false;
  switch (s.role.get(owner)) {
    case "Leader":
      return false;
    case "Follower":
      return s.term.get(owner) < c.Server.length;
  }
}
function allFollow(s: S, c: C): boolean {
  for (const i of c.Server) if (s.term.get(i) > 8) return false;
  if (s.n > 7) return true;
  return false;
}
function logOrdered(s: S): boolean {
  let last = 9;
  for (const entry of s.log) {
    const isInOrder = entry.term <= last;
    if (!isInOrder) return false;
    last = entry.term;
  }
  return true;
}
function hasQuorum(s: S, c: C): boolean {
  const votes = c.Server.filter((i) => s.votes.has(i)).length;
  const isMajority = votes * 2 > c.Server.length;
  if (s.n > 5) return true;
  if (s.owner === null) return true;
  return !isMajority;
}
const tick = p.action("Tick", {
  says: "Counts.",
  params: (c) => ({ i: id(c.Server) }),
  guard: (s, { i }) => isLeader(s, i) && s.votes.has(i) && s.n > 0,
  effect: (s) => { s.n += 1; },
});
const receive = p.action("Receive", {
  says: "Receives.",
  params: () => ({ entry: p.found((s) => [...s.log].filter((one) => one.term > 5)) }),
  effect: (s) => { s.n = 0; },
});
export const spec = p.spec({
  says: "A cluster.",
  init: {
    effect: (s, _, c) => {
      for (const i of c.Server) {
        const isFirst = s.votes.size === 0;
        s.votes.add(i);
        s.term.set(i, isFirst ? 2 : 1);
        s.role.set(i, isFirst ? "Leader" : "Follower");
        s.owner = i;
      }
      const { owner } = s;
      if (owner === null) return;
      s.votes.remove(owner);
      s.role.set(owner, "Leader");
      s.term.set(owner, 2);
      s.log.assign([{ term: 1, from: owner }, { term: 2, from: owner }]);
    },
  },
  actions: [tick, receive],
  properties: [
    p.invariant("Nest", {
      says: "",
      holds: (s, c) =>
        c.Server.every((i) => c.Server.every((j) => i === j || !(isLeader(s, i) && s.role.get(j) === "Leader" && sameTerm(s, i, j)))),
    }),
    p.invariant("None", { says: "", holds: (s) => s.log.some((entry) => entry.term > 3) }),
    p.invariant("Empty", { says: "", holds: (s, c) => c.Server.some((i) => [...s.log].some((entry) => entry.term > 7 && entry.from === i)) || s.log.sub(2, 1).some(() => true) }),
    p.invariant("Count", { says: "", holds: (s) => s.role.count((role) => role === "Leader") <= 1 }),
    p.invariant("Membership", { says: "", holds: (s) => s.owner !== null && s.votes.has(s.owner) }),
    p.invariant("Branch", { says: "", holds: (s) => (s.owner === null ? s.n > 0 : s.n > 3) }),
    p.invariant("Switch", { says: "", holds: (s, c) => ownerIsLate(s, c) }),
    p.invariant("Rounds", { says: "", holds: (s, c) => allFollow(s, c) }),
    p.invariant("Loop", { says: "", holds: (s) => logOrdered(s) }),
    p.invariant("Names", { says: "", holds: (s, c) => hasQuorum(s, c) }),
    p.invariant("Negated", { says: "", holds: (s) => !s.role.every((role) => role === "Leader" || role === "Follower") }),
    p.invariant("Constant", { says: "", holds: () => false }),
    p.invariant("True", { says: "", holds: (s) => s.n === 0 }),
    p.invariant("Throws", { says: "", holds: (s) => s.log.get(7).term > 0 }),
    p.stepInvariant("Grows", {
      says: "",
      holds: (before, after, c) => c.Server.every((i) => before.term.get(i) < after.term.get(i) || before.n === after.n),
    }),
    p.leadsTo("Later", { says: "", from: () => true, to: () => false }),
    p.invariant("Neither", { says: "", holds: (s) => s.n / 0 < 1 || s.n / 0 >= 1 }),
    p.invariant("Own", { says: "", holds: (s) => never.some(() => s.n === 0) || never.has(s.n) }),
    p.invariant("Argument", { says: "", holds: (s) => isFew(s.role.count((role) => role === "Leader")) }),
  ],
});
const isFew = (n: number): boolean => n < 2;
const never = { some: (says: () => boolean): boolean => !says(), has: (n: number): boolean => n > 7 };
`;

const roles = `import type { Id } from "lockstep";
import type { S } from "./cluster.ts";
export function isLeader(s: S, server: Id<"s">): boolean {
  return s.role.get(server) === "Leader";
}
export const sameTerm = (s: S, a: Id<"s">, b: Id<"s">): boolean => s.term.get(a) === s.term.get(b);
`;

describe("why a property is false", () => {
  let model: Model;
  let state: State;
  let why: Explainer;

  beforeAll(async () => {
    write("roles.ts", roles);
    const declaration = await load(write("cluster.ts", cluster), "spec");
    model = modelOf(declaration);
    state = firstState(model);
    why = await explainer({ declaration, settings: model.settings });
  });

  const expected: Readonly<Record<string, readonly string[]>> = {
    Nest: [
      "for i = s1, j = s3:",
      "  i === j   s1 ≠ s3  (cluster.ts:81)",
      '  !(isLeader(s, i) && s.role.get(j) === "Leader" && sameTerm(s, i, j))   false',
      "    isLeader(s, i)   true with server = s1",
      '      s.role.get(server) === "Leader"   true  (roles.ts:4)',
      '    s.role.get(j) === "Leader"   true  (cluster.ts:81)',
      "    sameTerm(s, i, j)   true with a = s1, b = s3",
      "      s.term.get(a) === s.term.get(b)   2 = 2  (roles.ts:6)",
    ],
    None: [
      "s.log.some((entry) => entry.term > 3)   false for all 2  (cluster.ts:83)",
      "  for entry = {term: 1, from: s3}:",
      "    entry.term > 3   1 ≤ 3",
      "  for entry = {term: 2, from: s3}:",
      "    entry.term > 3   2 ≤ 3",
    ],
    Empty: [
      "c.Server.some((i) => [...s.log].some((entry) => entry.term > 7 && entry.from ...   false for all 3  (cluster.ts:84)",
      "  for i = s1:",
      "    [...s.log].some((entry) => entry.term > 7 && entry.from === i)   false for all 2",
      "  for i = s2:",
      "    [...s.log].some((entry) => entry.term > 7 && entry.from === i)   false for all 2",
      "  for i = s3:",
      "    [...s.log].some((entry) => entry.term > 7 && entry.from === i)   false for all 2",
      "s.log.sub(2, 1).some(() => true)   false: s.log.sub(2, 1) is empty",
    ],
    Count: [
      's.role.count((role) => role === "Leader") <= 1   2 > 1  (cluster.ts:85)',
      '  s.role.count((role) => role === "Leader")   2 of 3: role = "Leader", key = s1; role = "Leader", key = s3',
    ],
    Membership: ["s.votes.has(s.owner)   s3 is not in {s1, s2}  (cluster.ts:86)"],
    Branch: ["s.owner === null   s3 ≠ null  (cluster.ts:87)", "s.n > 3            0 ≤ 3"],
    Switch: ["ownerIsLate(s, c)   false  (cluster.ts:88)", '  s.role.get(owner)   "Leader"  (cluster.ts:18)'],
    Rounds: [
      "allFollow(s, c)   false  (cluster.ts:89)",
      "  for (const i of c.Server)   3 rounds went by  (cluster.ts:26)",
      "  s.n > 7                     0 ≤ 7  (cluster.ts:27)",
    ],
    Loop: [
      "logOrdered(s)   false  (cluster.ts:90)",
      "  for entry = {term: 2, from: s3}:",
      "    isInOrder   false  (cluster.ts:34)",
      "      entry.term <= last   2 > 1  (cluster.ts:33)",
    ],
    Names: [
      "hasQuorum(s, c)   false  (cluster.ts:91)",
      "  isMajority   true  (cluster.ts:44)",
      "    votes * 2 > c.Server.length   4 > 3  (cluster.ts:41)",
    ],
    Negated: [
      's.role.every((role) => role === "Leader" || role === "Follower")   true for all 3  (cluster.ts:92)',
      '  for role = "Leader", key = s1:',
      '    role === "Leader"   true',
      '  for role = "Follower", key = s2:',
      '    role === "Follower"   true',
      '  for role = "Leader", key = s3:',
      '    role === "Leader"   true',
    ],
    Constant: ["false   false  (cluster.ts:93)"],
    Neither: ["s.n / 0 < 1    false  (cluster.ts:101)", "s.n / 0 >= 1   false"],
    Own: [
      "never.some(() => s.n === 0)   false  (cluster.ts:102)",
      "  says()   true  (cluster.ts:107)",
      "    s.n === 0   true  (cluster.ts:102)",
      "never.has(s.n)   false with n = 0",
      "  n > 7   0 ≤ 7  (cluster.ts:107)",
    ],
    Argument: [
      'isFew(s.role.count((role) => role === "Leader"))   false with n = 2  (cluster.ts:103)',
      '  s.role.count((role) => role === "Leader")   2 of 3: role = "Leader", key = s1; role = "Leader", key = s3',
      "  n < 2                                       2 ≥ 2  (cluster.ts:106)",
    ],
    True: ["not-false: the property True is true in this state"],
    Throws: ["throws: the property Throws throws in this state: log.get(7): log has length 2"],
    Grows: ["not-false: the property Grows is not decided by a state alone"],
    Later: ["not-false: the property Later is not decided by a state alone"],
    Absent: ["not-declared: the file of the model does not declare the property Absent"],
  };

  it.each(Object.entries(expected))("says it of the property %s", (name, wanted) => {
    expect(lines(why.property(name, null, state))).toEqual(wanted);
  });

  it("says it of a step, with the values before and after", () => {
    const after: State = { ...Object(state), n: 1 };
    expect(lines(why.property("Grows", state, after))).toEqual([
      "for i = s1:",
      "  before.term.get(i) < after.term.get(i)   2 ≥ 2  (cluster.ts:98)",
      "  before.n === after.n                     0 ≠ 1",
    ]);
    expect(lines(why.property("Later", state, after))).toEqual([
      "not-false: the property Later is not decided by one step",
    ]);
  });

  it("gives the tree as plain data", () => {
    const explained = why.property("Membership", null, state);
    const file = join(folder, "cluster.ts");
    expect(explained).toEqual({
      ok: true,
      explanation: {
        text: "s.owner !== null && s.votes.has(s.owner)",
        file,
        line: 86,
        column: 57,
        value: false,
        because: [
          {
            text: "s.votes.has(s.owner)",
            file,
            line: 86,
            column: 77,
            value: false,
            detail: "s3 is not in {s1, s2}",
            because: [],
          },
        ],
      },
    });
  });

  it("renders it as text, with the places at the right", () => {
    const explained = why.property("Branch", null, state);
    const text = explained.ok ? renderExplanation("Branch", "false", explained.explanation) : [];
    const column = " ".repeat(60 - "  s.owner === null   s3 ≠ null".length);
    expect(text).toEqual([
      "Branch is false:",
      `  s.owner === null   s3 ≠ null${column}  ${join(folder, "cluster.ts")}:87`,
      "  s.n > 3            0 ≤ 3",
    ]);
  });

  it("says for each disabled action what its parameters fail at, one example of each reason", () => {
    const found = why.disabled(state).map(({ action, choices, examples }) => ({
      action,
      choices,
      examples: examples.map(({ choice, explained }) => [choice, lines(explained)]),
    }));
    expect(found).toEqual([
      {
        action: "Tick",
        choices: 3,
        examples: [
          [{ i: 1 }, ["s.n > 0   0 ≤ 0  (cluster.ts:49)"]],
          [
            { i: 2 },
            [
              "isLeader(s, i)   false with server = s2  (cluster.ts:49)",
              '  s.role.get(server) === "Leader"   "Follower" ≠ "Leader"  (roles.ts:4)',
            ],
          ],
          [{ i: 3 }, ["s.votes.has(i)   s3 is not in {s1, s2}  (cluster.ts:49)"]],
        ],
      },
      { action: "Receive", choices: 0, examples: [] },
    ]);
  });
});

describe("explanations of other specs", () => {
  it("follow a helper into the file of another spec", async () => {
    const declaration = await twoPhase();
    const model = modelOf(declaration);
    const semantics = new Semantics(model);
    const { rmState, ...rest } = Object(semantics.decode(semantics.encode(firstState(model))));
    const [r1, , r3] = rmState.keys();
    rmState.set(r1, "committed");
    rmState.set(r3, "aborted");
    const state = { ...rest, rmState };
    const question = { declaration, settings: model.settings, property: "TCConsistent", before: null, state };
    expect(texts(await explain(question))).toEqual([
      "isConsistent(s.rmState)   false",
      '  !(rmState.some((state) => state === "committed") && rmState.some((state) => s...   false',
      '    for state = "committed", key = r1:',
      '      state === "committed"   true',
      '    for state = "aborted", key = r3:',
      '      state === "aborted"   true',
    ]);
  });

  it("explain what the checker finds in two-phase commit with a broken property", async () => {
    const declaration = await twoPhase();
    const result = check(modelOf({ ...declaration, properties: ["AllDecideTogether"] }));
    const state = result.trace?.at(-1)?.state;
    expect([result.violated, result.trace?.length]).toEqual(["AllDecideTogether", 8]);
    const question = { declaration, settings: {}, property: "AllDecideTogether", before: null, state };
    expect(texts(await explain(question))).toEqual([
      's.tmState !== "committed"   false',
      'for state = "prepared", key = r1:',
      '  state === "committed"   "prepared" ≠ "committed"',
    ]);
  });

  it("explain the properties of Raft on states of the running package", async () => {
    const text = `import { raftModels } from "lockstep/raft";\nexport const models = raftModels;`;
    const declaration = await load(write("raft.ts", text), "raft");
    const model = modelOf(declaration);
    const semantics = new Semantics(model);
    const state = Object(semantics.decode(semantics.encode(firstState(model))));
    for (const server of state.servers.keys()) Object.assign(state.servers.get(server), { role: "Leader" });
    const question = { declaration, settings: model.settings, property: "ElectionSafety", before: null, state };
    expect(texts(await explain(question))).toEqual([
      "for i = s1, j = s2:",
      "  i === j   s1 ≠ s2",
      '  !(a.role === "Leader" && b.role === "Leader" && a.term === b.term)   false',
      '    a.role === "Leader"   true',
      '    b.role === "Leader"   true',
      "    a.term === b.term     0 = 0",
    ]);
  });

  it("use the rules that a variant of a spec has replaced", async () => {
    const text = `import { integer, protocol, record, withRules } from "lockstep";
const p = protocol("P", { constants: {}, state: () => record({ n: integer(0, 9) }), rules: { limit: (n: number): boolean => n > 1 } });
const go = p.action("Go", { says: "", guard: (s, _, c) => c.rules.limit(s.n), effect: () => undefined });
export const strict = p.spec({ says: "", actions: [go], properties: [] });
export const stricter = withRules(strict, { limit: (n: number): boolean => n > 5 });`;
    const file = write("rules.ts", text);
    const whys = ["strict", "stricter"].map(async (name) => {
      const declaration = await load(file, name);
      const state = firstState(modelOf(declaration));
      return lines(await explainGuard({ declaration, settings: {}, action: "Go", choice: {}, state }));
    });
    expect(await Promise.all(whys)).toEqual([
      ["c.rules.limit(s.n)   false with n = 0  (rules.ts:3)", "  n > 1   0 ≤ 1  (rules.ts:2)"],
      ["c.rules.limit(s.n)   false with n = 0  (rules.ts:3)", "  n > 5   0 ≤ 5  (rules.ts:5)"],
    ]);
  });

  it("are refused where the source no longer says what was checked", async () => {
    const text = (limit: number): string => `import { integer, protocol, record } from "lockstep";
const p = protocol("P", { constants: {}, state: () => record({ n: integer(0, 9) }) });
const small = p.invariant("Small", { says: "", holds: (s) => s.n < ${limit} });
export const spec = p.spec({ says: "", actions: [], properties: [small] });`;
    const declaration = await load(write("edited.ts", text(0)), "spec");
    const state = firstState(modelOf(declaration));
    const question = { declaration, settings: {}, property: "Small", before: null, state };
    expect(lines(await explain(question))).toEqual(["s.n < 0   0 ≥ 0  (edited.ts:3)"]);
    write("edited.ts", text(1));
    expect(lines(await explain(question))).toEqual([
      "disagrees: the property Small was false, and was not false again when it was recorded",
    ]);
    rmSync(join(folder, "edited.ts"));
    expect(lines(await explain(question))).toEqual(["no-source: the model spec names no source file that exists"]);
  });
});

/** Two-phase commit in a user's folder, with one property more, which is false. */
async function twoPhase(): Promise<ModelDeclaration> {
  const copy = (file: string): string =>
    readFileSync(join(packageRoot(), "checker/corpus", file), "utf8").replaceAll(
      "../../spec/lang/index.ts",
      "lockstep",
    );
  write("transaction-commit.ts", copy("transaction-commit.ts"));
  const broken = `
const allDecideTogether = twoPhase.invariant("AllDecideTogether", {
  says: "All resource managers decide at once.",
  holds: (s) => s.tmState !== "committed" || s.rmState.every((state) => state === "committed"),
});
export const broken = { ...twoPhaseCommit, properties: [...twoPhaseCommit.properties, allDecideTogether] };
`;
  return load(write("two-phase.ts", copy("two-phase.ts") + broken), "broken");
}
