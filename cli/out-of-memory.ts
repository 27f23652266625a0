import { exitCodes } from "./exit-codes.ts";
import type { Problem } from "./problem.ts";

/** Memory that was used up before a limit could end the run. */
export function outOfMemory(what: string): Problem {
  return {
    code: "out-of-memory",
    exit: exitCodes.memory,
    what: `the memory is used up: ${what}`,
    expected: "a model, and values that its functions make, that fit into the memory",
    tries: [
      "smaller constants, with --set, or a smaller domain",
      "--max-states or --max-memory, which end a search in time and report what it found",
      "the default engine instead of --engine reference, and --memory, which goes on on disk",
      "NODE_OPTIONS=--max-old-space-size=16000, where the machine has more memory than that",
    ],
  };
}
