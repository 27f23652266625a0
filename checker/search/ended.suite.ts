import type { Outcome, Progress } from "../index.ts";
import type { Command } from "./search.ts";

/** Runs a search to its end. `answer` is the caller's answer to each progress; without it the search goes on. */
export function ended(
  run: Generator<Progress, Outcome, Command>,
  answer: (progress: Progress) => Command = () => undefined,
): Outcome {
  let next = run.next();
  while (next.done !== true) next = run.next(answer(next.value));
  return next.value;
}
