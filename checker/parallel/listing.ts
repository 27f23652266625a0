/**
 * Threads speak of actions and properties by their positions, and each makes the model again by itself. What a model lists,
 * and in which order, is therefore compared before a thread is given work.
 */
import type { Model } from "../../spec/lang/index.ts";

/** All that threads call by its position, in order. */
export function listingOf({ actions, properties, spec, symmetric, deadData }: Model): readonly string[] {
  return [
    ...actions.map(({ name }) => `the action ${name}`),
    ...properties.map(({ kind, name }) => `the property ${name} (${kind})`),
    ...spec.constraints.map(({ name }) => `the constraint ${name}`),
    ...symmetric.map((name) => `the symmetric ids ${name}`),
    ...(deadData === null ? [] : ["what is dead data"]),
  ];
}

/** What is wrong with what a worker lists, or null where it is what the leader lists. */
export function listingProblem(leader: readonly string[], worker: readonly string[]): string | null {
  const at = Array.from({ length: Math.max(leader.length, worker.length) }, (_, i) => i).find(
    (i) => leader[i] !== worker[i],
  );
  if (at === undefined) return null;
  const named = (listing: readonly string[]): string => listing[at] ?? "nothing";
  return (
    `the model is not the same in each thread: at position ${at + 1} a worker lists ${named(worker)}, and the thread that ` +
    `leads lists ${named(leader)}. What a spec declares must not depend on when or where it is loaded`
  );
}
