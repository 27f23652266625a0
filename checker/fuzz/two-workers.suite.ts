/** Two threads for each of some programs. */
import { breadthFirstBy } from "../index.ts";
import { type PromptCrew, promptCrew } from "../parallel/threads.suite.ts";
import { ended } from "../search/ended.suite.ts";
import type { Together } from "./comparison.suite.ts";
import { bodyOf, type Program } from "./program.suite.ts";

const world = { now: () => 0, memoryBytes: () => 0 };

export interface TwoWorkers {
  readonly together: (program: Program) => Together | null;
  /** Ends the threads of the program before the next one begins, and counts the states that they generated. */
  readonly gone: () => Promise<void>;
  readonly generated: () => number;
}

/** `bundle` is what a thread runs. Of so many programs one gets threads: they take far longer to start than to search. */
export function twoWorkers(bundle: URL, every: number): TwoWorkers {
  const crews: PromptCrew[] = [];
  let generated = 0;
  return {
    together: (program) => {
      if (program.seed % every !== 0) return null;
      const body = bodyOf(program);
      return (model, depth) => {
        const crew = promptCrew(bundle, 2, { body }, 0);
        crews.push(crew);
        return ended(breadthFirstBy("lowered", model, { depth }, world, crew));
      };
    },
    gone: async () => {
      for (const crew of crews.splice(0)) {
        await crew.gone();
        for (const count of crew.generated()) generated += count;
      }
    },
    generated: () => generated,
  };
}
