import { describe, expect, it } from "vitest";
import { SpecError } from "../../spec/lang/index.ts";
import { breadthFirstBy, type Outcome } from "../index.ts";
import { type Drawn, modelOfDrawn } from "../search/drawn.suite.ts";
import { ended } from "../search/ended.suite.ts";
import { bundled, promptCrew } from "./threads.suite.ts";
import type { Unlikeness } from "./unlike-worker.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };
const bundle = await bundled(new URL("./unlike-worker.suite.ts", import.meta.url));

const drawn: Drawn = {
  program: {
    commands: [
      { name: "Increment", facts: [] },
      { name: "Turn", facts: [] },
    ],
    invariants: [],
    stepInvariants: [],
    goals: ["odd"],
    stateConstraints: [],
    actionConstraints: [],
    starts: "one",
    view: false,
    symmetry: false,
    deadlock: false,
    processes: 2,
  },
};

async function searched(unlikeness: Unlikeness): Promise<Outcome | Error> {
  const crew = promptCrew(bundle, 2, { drawn, unlikeness }, 0);
  try {
    return ended(breadthFirstBy("lowered", modelOfDrawn(drawn), {}, world, crew));
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  } finally {
    await crew.gone();
  }
}

const refused = (worker: string, leader: string, position: number): SpecError =>
  new SpecError(
    `the model is not the same in each thread: at position ${position} a worker lists ${worker}, and the thread that leads ` +
      `lists ${leader}. What a spec declares must not depend on when or where it is loaded`,
  );

describe("a worker whose model", () => {
  it("is the leader's is given work", async () => {
    expect(await searched("the same")).toMatchObject({ verdict: "holds", distinct: 12 });
  });

  const unlike: readonly (readonly [Unlikeness, SpecError])[] = [
    ["actions reversed", refused("the action Turn", "the action Increment", 1)],
    ["properties reversed", refused("the property Falls (reachable)", "the property Goal odd (reachable)", 3)],
    ["an action less", refused("the property Goal odd (reachable)", "the action Turn", 2)],
  ];
  it.each(unlike)("is not (%s) is refused, with what differs", async (unlikeness, error) => {
    const found = await searched(unlikeness);
    expect(found).toBeInstanceOf(SpecError);
    expect(found).toEqual(error);
  });
});
