import type { Io } from "./io.ts";

/** So much of the limit must be free after a collection, or the next one would come at once. */
const freeShareMin = 0.1;

/**
 * How much memory a run uses, to be held against `limit`. A heap holds garbage until it is collected, so a reading at
 * the limit counts only after a collection: a plain reading would stop runs that have room left.
 */
export function memoryMeter(
  { heapBytes, collectGarbage }: Pick<Io, "heapBytes" | "collectGarbage">,
  limit: number,
): () => number {
  return () => {
    const reading = heapBytes();
    if (reading < limit) return reading;
    collectGarbage();
    const live = heapBytes();
    return live > limit * (1 - freeShareMin) ? Math.max(live, limit) : live;
  };
}
