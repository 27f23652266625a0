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
      "Set smaller constants with --set, or declare a smaller domain.",
      "Use --max-states or --max-memory, which end a search in time and report what it found.",
      "Remove --engine reference, and use --memory, with which the search goes on on disk.",
      "Set NODE_OPTIONS=--max-old-space-size=16000, where the machine has more memory than that.",
    ],
  };
}
