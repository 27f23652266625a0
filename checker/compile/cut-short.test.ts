/** Searches that are asked for their end in the middle of a piece of work: what they report, and what goes on from there. */
import { describe, expect, it } from "vitest";
import { instantiate, integer, type Model, type ModelDeclaration, protocol, record } from "../../spec/lang/index.ts";
import { breadthFirst, breadthFirstBy, corpus, type EngineName, type Outcome, type World } from "../index.ts";
import { ended } from "../search/ended.suite.ts";
import { comparable } from "../search/engine.suite.ts";
import { type Keeper, keepsNothing, type Snapshot } from "./keeper.ts";

const quiet: World = { now: () => 0, memoryBytes: () => 0 };

function modelOf(declaration: ModelDeclaration): Model {
  const model = instantiate(declaration);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function published(name: string, changes: Partial<ModelDeclaration> = {}): Model {
  const declaration = corpus.find((one) => one.name === name);
  if (declaration === undefined) throw new Error(`there is no model named ${name}`);
  return modelOf({ ...declaration, ...changes });
}

/** A keeper that keeps what it is given last, with so many pauses. */
class MemoryKeeper implements Keeper {
  readonly resumed: Snapshot | null;
  kept: Snapshot | null = null;
  keeps = 0;
  readonly isDue: () => boolean;
  readonly #pauses: number;

  constructor(resumed: Snapshot | null, isDue: () => boolean, pauses: number) {
    this.resumed = resumed;
    this.isDue = isDue;
    this.#pauses = pauses;
  }

  *keep(snapshot: Snapshot): Generator<undefined> {
    this.keeps += 1;
    this.kept = snapshot;
    for (let pause = 0; pause < this.#pauses; pause += 1) yield;
  }
}

/** A world that asks for the end at the question of this number, and says so at the next pause. */
function endingAt(question: number) {
  let asked = 0;
  return {
    world: {
      ...quiet,
      isToEnd: () => {
        asked += 1;
        return asked > question;
      },
    },
    command: (): "stop" | undefined => (asked > question ? "stop" : undefined),
    wasReached: () => asked > question,
  };
}

function searched(engine: EngineName, model: Model, question: number, keeper: Keeper): Outcome | null {
  const { world, command, wasReached } = endingAt(question);
  const run =
    engine === "reference"
      ? breadthFirst(model, {}, world)
      : breadthFirstBy(engine, model, {}, world, null, keeper, "fingerprints", null);
  const outcome = ended(run, command);
  return wasReached() ? outcome : null;
}

/** Every state that counts as expanded was expanded whole, and each step was counted once. */
function expectWhole(outcome: Outcome, initial: number, whole: Outcome): void {
  const { verdict, finding, stopped, distinct, generated, actions, outDegree } = outcome;
  expect([verdict, finding, stopped?.by]).toEqual(["incomplete", null, "interrupt"]);
  const expanded = distinct - (stopped?.frontier ?? 0);
  expect(generated).toBe(initial + actions.reduce((sum, { fired }) => sum + fired, 0));
  expect(distinct).toBe(initial + actions.reduce((sum, { fresh }) => sum + fresh, 0));
  expect(Math.round((outDegree?.mean ?? 0) * expanded)).toBe(generated - initial);
  expect(distinct).toBeLessThan(whole.distinct);
}

describe("a search that is asked for its end while it tries what reductions rest on", () => {
  const declared: Readonly<Record<string, Partial<ModelDeclaration>>> = {
    symmetry: {},
    "symmetry and dead data": { deadData: true },
    "dead data": { deadData: true, symmetry: false },
  };

  it.each(Object.keys(declared).flatMap((name) => (["lowered", "views"] as const).map((engine) => ({ name, engine }))))(
    "leaves the state for later, and goes on from there: $name on $engine",
    ({ name, engine }) => {
      const model = published("raft-2s-2e-1r-1v-sym", declared[name]);
      const whole = ended(breadthFirstBy(engine, model, {}, quiet, null));
      for (const question of [0, 1, 2, 57, 299]) {
        const first = new MemoryKeeper(null, () => false, 1);
        const outcome = searched(engine, model, question, first);
        if (outcome === null) throw new Error(`nothing was asked ${question} times`);
        expectWhole(outcome, 1, whole);
        const second = new MemoryKeeper(first.kept, () => false, 1);
        const resumed = ended(breadthFirstBy(engine, model, {}, quiet, null, second, "fingerprints", null));
        expect(comparable(resumed)).toEqual(comparable(whole));
      }
    },
  );

  it("counts the state that it was at as waiting, and the steps it took from it, on the reference engine", () => {
    const model = published("raft-2s-2e-1r-1v-sym");
    const whole = ended(breadthFirst(model, {}, quiet));
    for (const question of [0, 1, 2, 57, 299]) {
      const outcome = searched("reference", model, question, keepsNothing);
      if (outcome === null) throw new Error(`nothing was asked ${question} times`);
      const { verdict, stopped, distinct, generated, actions, outDegree } = outcome;
      expect([verdict, stopped?.by]).toEqual(["incomplete", "interrupt"]);
      expect(generated).toBe(1 + actions.reduce((sum, { fired }) => sum + fired, 0));
      expect(distinct).toBe(1 + actions.reduce((sum, { fresh }) => sum + fresh, 0));
      const ofWhole = Math.round((outDegree?.mean ?? 0) * (distinct - (stopped?.frontier ?? 0)));
      expect(ofWhole).toBeLessThanOrEqual(generated - 1);
      expect(distinct).toBeLessThan(whole.distinct);
    }
  });
});

describe("a search with many initial states", () => {
  const many = protocol("Many", {
    constants: {},
    state: () => record({ a: integer(0, 999), b: integer(0, 3) }),
  });
  const next = many.action("Next", {
    says: "b grows.",
    guard: (s) => s.b < 3,
    effect: (s) => {
      s.b += 1;
    },
  });
  const spec = many.spec({
    says: "A thousand initial states, all of them different.",
    init: {
      params: () => ({ a: integer(0, 999) }),
      effect: (s, { a }) => {
        s.a = a;
      },
    },
    actions: [next],
    properties: [],
    terminates: true,
  });
  const model = modelOf({ name: "many", spec, says: "Many." });

  it.each(["lowered", "views"] as const)("ends between two parts of them, with what it has, on %s", (engine) => {
    const whole = ended(breadthFirstBy(engine, model, {}, quiet, null));
    expect([whole.verdict, whole.distinct, whole.generated]).toEqual(["holds", 4000, 4000]);
    for (const [pause, states] of [256, 512, 768].entries()) {
      let pauses = 0;
      const keeper = new MemoryKeeper(null, () => false, 1);
      const outcome = ended(breadthFirstBy(engine, model, {}, quiet, null, keeper, "fingerprints", null), () => {
        pauses += 1;
        return pauses > pause ? "stop" : undefined;
      });
      const { verdict, stopped, distinct, generated, depth } = outcome;
      expect([verdict, stopped]).toEqual(["incomplete", { by: "interrupt", limit: null, frontier: states }]);
      expect([distinct, generated, depth]).toEqual([states, states, 1]);
      // A search goes on from a level, and the first one has not begun.
      expect(keeper.keeps).toBe(0);
    }
  });
});

describe("a search that is being kept when it is asked for its end", () => {
  it.each(["lowered", "views"] as const)("is kept once, and ends there, on %s", (engine) => {
    const model = published("raft-2s-2e-0r-1v");
    const whole = ended(breadthFirstBy(engine, model, {}, quiet, null));
    let looks = 0;
    // Due in the midst of the search, and asked for its end while it is kept.
    const isDue = (): boolean => {
      looks += 1;
      return looks > 9 && first.keeps === 0;
    };
    const first: MemoryKeeper = new MemoryKeeper(null, isDue, 3);
    const run = breadthFirstBy(engine, model, {}, quiet, null, first, "fingerprints", null);
    const outcome = ended(run, () => (first.keeps > 0 ? "stop" : undefined));
    expect(first.keeps).toBe(1);
    expectWhole(outcome, 1, whole);
    const second = new MemoryKeeper(first.kept, () => false, 1);
    const resumed = ended(breadthFirstBy(engine, model, {}, quiet, null, second, "fingerprints", null));
    expect(comparable(resumed)).toEqual(comparable(whole));
  });
});
