import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import {
  count,
  instantiate,
  integer,
  type Model,
  type ModelDeclaration,
  protocol,
  record,
} from "../../spec/lang/index.ts";
import { breadthFirstBy, corpus, type Outcome } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { seededRandom } from "../search/frontier.ts";
import { type Failure, FolderKeeper, hasCheckpoint, identityOf, type Refusal, readCheckpoint } from "./index.ts";

const root = mkdtempSync(join(tmpdir(), "lockstep-checkpoint-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

const world = { now: () => 0, memoryBytes: () => 0 };

const walk = protocol("Walk", {
  constants: { side: count({ default: 60, min: 2, max: 90, says: "how far it is to each border" }) },
  state: (c) => record({ x: integer(0, c.side), y: integer(0, c.side) }),
});

function walkSpec(steps: number) {
  return walk.spec({
    says: "A walk from one corner.",
    actions: [
      walk.action("East", {
        says: "A step.",
        params: () => ({ by: integer(1, 2) }),
        guard: (s, { by }, c) => s.x + by <= c.side,
        effect: (s, { by }) => {
          s.x += by;
        },
      }),
      walk.action("North", {
        says: "A step.",
        guard: (s, _, c) => s.y + steps <= c.side,
        effect: (s) => {
          s.y += steps;
        },
      }),
    ],
    properties: [
      walk.invariant("Together", { says: "One does not get far ahead.", holds: (s) => s.x < 50 || s.y < 20 }),
      walk.invariant("Late", { says: "In the end.", when: (s) => s.x === 60, holds: () => true }),
      walk.reachable("Near", { says: "Some steps.", goal: (s) => s.x === 5 && s.y === 3 }),
      walk.reachable("Far", { says: "Many steps.", goal: (s) => s.x === 50 && s.y === 50 }),
      walk.reachableStep("Border", {
        says: "A last step.",
        goal: (before, after) => before.y < after.y && after.y === 60,
      }),
      walk.reachable("Nowhere", { says: "Out of reach.", goal: (s) => s.x < 0 }),
    ],
    constraints: [walk.stateConstraint("Inside", { says: "Not into the corner.", within: (s) => s.x + s.y < 115 })],
    terminates: true,
  });
}

const spec = walkSpec(1);
const goals: ModelDeclaration = {
  name: "walk",
  says: "Goals.",
  spec,
  properties: ["Late", "Near", "Far", "Border", "Nowhere"],
};
const violated: ModelDeclaration = {
  name: "walk-violated",
  says: "One goal, one violation.",
  spec,
  properties: ["Together", "Near"],
};

function modelOf(declaration: ModelDeclaration): Model {
  const model = instantiate(declaration);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function published(name: string): ModelDeclaration {
  const found = corpus.find((declaration) => declaration.name === name);
  if (found === undefined) throw new Error(`there is no model named ${name}`);
  return found;
}

function newFolder(): string {
  folders += 1;
  return join(root, String(folders));
}

function read(folder: string, model: Model) {
  const opened = readCheckpoint(folder, identityOf(model, ""));
  if (!opened.ok) throw new Error(JSON.stringify(opened.refusal));
  return opened.snapshot;
}

/** Runs a search up to so many states, goes on with what a checkpoint holds, and keeps it as often as it can. */
function run(
  model: Model,
  engine: "views" | "lowered",
  folder: string,
  states: number,
  failed = noFailure,
  interval = 0,
): Outcome {
  const resumed = hasCheckpoint(folder) ? read(folder, model) : null;
  const keeper = new FolderKeeper({
    folder,
    identity: identityOf(model, ""),
    resumed,
    interval,
    now: () => 0,
    failed,
  });
  return ended(breadthFirstBy(engine, model, { states }, world, null, keeper));
}

function noFailure(failure: Failure): void {
  throw new Error(failure.message);
}

describe("a search that goes on from a checkpoint", () => {
  const models = [
    goals,
    violated,
    ...["raft-2s-2e-1r-1v", "raft-2s-2e-1r-1v-sym", "readers-writers"].map(published),
    ...["die-hard", "missionaries-and-cannibals", "sdp", "atomic-commit-wrong", "sliding-puzzles"].map(published),
  ];

  it.each(models)("ends as one that was not interrupted: $name", (declaration) => {
    const model = modelOf(declaration);
    const whole = ended(breadthFirstBy("lowered", model, {}, world, null));
    const folder = newFolder();
    let part: Outcome;
    let states = 0;
    do {
      // A search that stops anywhere within a level, and the other engine goes on.
      states += Math.ceil(whole.distinct / 7);
      part = run(model, states % 2 === 0 ? "views" : "lowered", folder, states);
    } while (part.verdict === "incomplete");
    expect(states).toBeGreaterThan(whole.distinct / 2);
    expect({ ...part, engine: whole.engine }).toEqual(whole);
  });

  it("ends as another that goes on from the same one", () => {
    const model = modelOf(published("raft-2s-2e-1r-1v"));
    const folder = newFolder();
    run(model, "lowered", folder, 3000);
    const copy = newFolder();
    mkdirSync(copy);
    copyFileSync(join(folder, "checkpoint"), join(copy, "checkpoint"));
    const far = Number.POSITIVE_INFINITY;
    expect(run(model, "lowered", folder, far)).toEqual(run(model, "lowered", copy, far));
  });
});

describe("a checkpoint", () => {
  const model = modelOf(goals);

  it("is one file, and nothing lies beside it", () => {
    const folder = newFolder();
    run(model, "lowered", folder, 1000);
    expect(readdirSync(folder)).toEqual(["checkpoint"]);
  });

  it("holds what was kept, to the last word", () => {
    const folder = newFolder();
    run(model, "lowered", folder, 1000);
    const snapshot = read(folder, model);
    const again = new FolderKeeper({
      folder: newFolder(),
      identity: identityOf(model, ""),
      resumed: null,
      interval: 0,
      now: () => 0,
      failed: noFailure,
    });
    expect(snapshot.table.size).toBeGreaterThanOrEqual(1000);
    expect([...again.keep(snapshot)].length).toBeGreaterThan(3);
    const copy = readFileSync(join(root, String(folders), "checkpoint"));
    expect(copy.length).toBe(readFileSync(join(folder, "checkpoint")).length);
    expect({ ...read(join(root, String(folders)), model), table: null }).toEqual({ ...snapshot, table: null });
  });

  it("is refused wherever one of its bytes is another, with its name", () => {
    const folder = newFolder();
    run(model, "lowered", folder, 700);
    const path = join(folder, "checkpoint");
    const whole = readFileSync(path);
    const seed = 20260701;
    const random = seededRandom(seed);
    const places = [0, 19, whole.length - 1, ...Array.from({ length: 200 }, () => Math.floor(random() * whole.length))];
    for (const place of places) {
      const damaged = Buffer.from(whole);
      damaged[place] = (damaged[place] ?? 0) ^ (1 << Math.floor(random() * 8));
      writeFileSync(path, damaged);
      expect({ seed, place, ...readCheckpoint(folder, identityOf(model, "")) }).toMatchObject({
        ok: false,
        refusal: { kind: "damaged", file: path },
      });
    }
    writeFileSync(path, whole);
    expect(read(folder, model).table.size).toBeGreaterThanOrEqual(700);
  });

  it("is refused where it was cut, or goes on", () => {
    const folder = newFolder();
    run(model, "lowered", folder, 700);
    const path = join(folder, "checkpoint");
    const whole = readFileSync(path);
    const random = seededRandom(7);
    const lengths = [0, 1, 22, whole.length - 1, whole.length - 16];
    for (let i = 0; i < 100; i += 1) lengths.push(Math.floor(random() * whole.length));
    for (const text of [...lengths.map((length) => whole.subarray(0, length)), Buffer.concat([whole, Buffer.of(0)])]) {
      writeFileSync(path, text);
      expect(readCheckpoint(folder, identityOf(model, ""))).toMatchObject({
        ok: false,
        refusal: { kind: "damaged", file: path },
      });
    }
  });

  it("is refused where there is none", () => {
    expect(readCheckpoint(newFolder(), identityOf(model, ""))).toMatchObject({
      ok: false,
      refusal: { kind: "unreadable", failure: { code: "ENOENT" } },
    });
  });

  it("is refused by another search, which is told what differs", () => {
    const folder = newFolder();
    run(model, "lowered", folder, 700);
    const of = (declaration: ModelDeclaration, code = ""): Refusal["kind"] | string => {
      const opened = readCheckpoint(folder, identityOf(modelOf(declaration), code));
      if (opened.ok) return "taken";
      return opened.refusal.kind === "other" ? opened.refusal.difference.of : opened.refusal.kind;
    };
    expect(of(goals)).toBe("taken");
    expect(of({ ...goals, name: "other" })).toBe("model");
    expect(of({ ...goals, set: { side: 61 } })).toBe("constants");
    expect(of({ ...goals, properties: ["Near"] })).toBe("properties");
    expect(of({ ...goals, deadlock: true })).toBe("treatment of deadlocks");
    expect(of({ ...goals, spec: { ...goals.spec, constraints: [] } })).toBe("spec");
    const [first, second] = goals.spec.actions;
    if (first === undefined || second === undefined) throw new Error("the spec has two actions");
    expect(of({ ...goals, spec: { ...goals.spec, actions: [first, { ...second, guard: () => true }] } })).toBe("spec");
    // What a function calls shows in the text of the modules alone.
    expect(of({ ...goals, spec: walkSpec(2) })).toBe("taken");
    expect(of({ ...goals, spec: walkSpec(2) }, "another text")).toBe("spec");
    const symmetric = published("raft-2s-2e-1r-1v-sym");
    const other = newFolder();
    run(modelOf(symmetric), "lowered", other, 700);
    expect(readCheckpoint(other, identityOf(modelOf({ ...symmetric, symmetry: false }), ""))).toMatchObject({
      ok: false,
      refusal: { kind: "other", difference: { of: "symmetry", expected: "none" } },
    });
  });
});

describe("a folder that cannot be written to", () => {
  const model = modelOf(goals);
  const whole = ended(breadthFirstBy("lowered", model, {}, world, null));

  it("costs the checkpoint and not the search, and is told once", () => {
    const file = newFolder();
    writeFileSync(file, "");
    const failures: Failure[] = [];
    expect(run(model, "lowered", join(file, "below"), 1e9, (failure) => void failures.push(failure))).toEqual(whole);
    expect(failures).toMatchObject([{ code: "ENOTDIR" }]);
  });

  it("keeps the checkpoint before, where the disk is full", () => {
    const folder = newFolder();
    run(model, "lowered", folder, 700);
    const before = readFileSync(join(folder, "checkpoint"));
    // Whatever is written there finds the disk full.
    symlinkSync("/dev/full", join(folder, "checkpoint.part"));
    const failures: Failure[] = [];
    run(model, "lowered", folder, 900, (failure) => void failures.push(failure), 1000);
    expect(failures).toMatchObject([{ code: "ENOSPC" }]);
    expect(readFileSync(join(folder, "checkpoint")).equals(before)).toBe(true);
    expect(run(model, "lowered", folder, 1e9)).toEqual(whole);
  });
});
