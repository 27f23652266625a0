import type { Span } from "./span.ts";

/**
 * Calls and returns in the order of the history, in a list that operations are taken out of as they are ordered and put
 * back into, in reverse, when the search turns back: the entries of Wing and Gong, and of Lowe. Calls before the first
 * return are those that can come next.
 */
export interface PendingCalls {
  /** Operations that have to be ordered still. */
  readonly required: () => number;
  /** The position among the spans of the first call that can come next; -1 where there is none. */
  readonly first: () => number;
  /** The one after this position; -1 where a return comes before any other call. */
  readonly after: (position: number) => number;
  readonly lift: (position: number) => void;
  readonly putBack: (position: number) => void;
}

/** The call of the operation at position i is entry i + 1, its return entry count + i + 1, and entry 0 both ends. */
export function pendingCalls(spans: readonly Span[]): PendingCalls {
  const count = spans.length;
  const next = new Int32Array(2 * count + 1);
  const prev = new Int32Array(2 * count + 1);
  let required = 0;
  let last = 0;
  for (const { entry } of entriesOf(spans)) {
    next[last] = entry;
    prev[entry] = last;
    last = entry;
    if (entry > count) required += 1;
  }
  next[last] = 0;
  prev[0] = last;

  const at = (entries: Int32Array, entry: number): number => entries[entry] ?? 0;
  const callAt = (entry: number): number => (entry >= 1 && entry <= count ? entry - 1 : -1);
  const unlink = (entry: number): void => {
    next[at(prev, entry)] = at(next, entry);
    prev[at(next, entry)] = at(prev, entry);
  };
  const link = (entry: number): void => {
    next[at(prev, entry)] = entry;
    prev[at(next, entry)] = entry;
  };
  const returns = spans.map(({ until }, position) => (until === null ? 0 : count + position + 1));
  return {
    required: () => required,
    first: () => callAt(at(next, 0)),
    after: (position) => callAt(at(next, position + 1)),
    lift: (position) => {
      const end = returns[position] ?? 0;
      unlink(position + 1);
      if (end === 0) return;
      unlink(end);
      required -= 1;
    },
    putBack: (position) => {
      const end = returns[position] ?? 0;
      if (end !== 0) {
        link(end);
        required += 1;
      }
      link(position + 1);
    },
  };
}

function entriesOf(spans: readonly Span[]): readonly { readonly at: number; readonly entry: number }[] {
  const calls = spans.map(({ from }, position) => ({ at: from, entry: position + 1 }));
  const returns = spans.flatMap(({ until }, position) =>
    until === null ? [] : [{ at: until, entry: spans.length + position + 1 }],
  );
  return [...calls, ...returns].sort((one, other) => one.at - other.at || one.entry - other.entry);
}
