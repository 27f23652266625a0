/** What the rules ask of a log. Indexes count from one; index 0 is before the first entry and has term 0. */
import type { ReadonlySeq } from "../lang/index.ts";
import type { Entry } from "./messages.ts";

export type Log = ReadonlySeq<Entry>;

/** The term of the entry at `index`, or 0 before the first entry. */
export function termAt(log: Log, index: number): number {
  return index === 0 ? 0 : log.get(index).term;
}

export function lastTerm(log: Log): number {
  return termAt(log, log.length);
}

function sameEntry(a: Entry, b: Entry): boolean {
  return a.term === b.term && a.value === b.value;
}

/** Whether this log holds the same entry as `other` at `index`. */
export function agreesAt(log: Log, other: Log, index: number): boolean {
  return log.length >= index && other.length >= index && sameEntry(log.get(index), other.get(index));
}
