import { addTo } from "../search/named-counts.ts";

/** What a thread has counted since the start. */
export interface Counted {
  readonly generated: number;
  readonly fired: readonly number[];
  readonly fresh: readonly number[];
  readonly outside: Readonly<Record<string, number>>;
  readonly degrees: readonly number[];
  /** Names of properties with an antecedent that was true. */
  readonly spoken: readonly string[];
}

/** What all threads have counted, and an earlier part of the search. */
export function total(parts: readonly Counted[]): Counted {
  const outside: Record<string, number> = {};
  for (const part of parts) for (const [name, count] of Object.entries(part.outside)) addTo(outside, name, count);
  return {
    generated: parts.reduce((sum, { generated }) => sum + generated, 0),
    fired: sums(parts.map(({ fired }) => fired)),
    fresh: sums(parts.map(({ fresh }) => fresh)),
    outside,
    degrees: sums(parts.map(({ degrees }) => degrees)),
    spoken: [...new Set(parts.flatMap(({ spoken }) => spoken))],
  };
}

/** Position by position; a list may be shorter than others, and may have gaps. */
function sums(lists: readonly (readonly number[])[]): readonly number[] {
  const length = lists.reduce((most, list) => Math.max(most, list.length), 0);
  return Array.from({ length }, (_, at) => lists.reduce((sum, list) => sum + (list[at] ?? 0), 0));
}
