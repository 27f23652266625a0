/** A log of which key was added to which table of flyweights, as words: table, length, then code units. */
import type { Flyweights } from "./flyweights.ts";

interface LogEntry {
  readonly table: number;
  readonly key: string;
  /** Where the next entry begins. */
  readonly end: number;
}

/** Words that the entry of a key takes. */
export function entryWords(key: string): number {
  return 2 + key.length;
}

function readEntry(log: Int32Array, at: number): LogEntry {
  const length = log[at + 1] ?? 0;
  let key = "";
  for (let i = 0; i < length; i += 1) key += String.fromCharCode(log[at + 2 + i] ?? 0);
  return { table: log[at] ?? 0, key, end: at + 2 + length };
}

export function writeEntry(log: Int32Array, at: number, table: number, key: string): void {
  log[at] = table;
  log[at + 1] = key.length;
  for (let i = 0; i < key.length; i += 1) log[at + 2 + i] = key.charCodeAt(i);
}

/** Gives the keys of these entries their numbers, in the tables that there are so far. Returns where it came to. */
export function adoptEntries(log: Int32Array, from: number, to: number, tables: readonly Flyweights[]): number {
  let at = from;
  while (at < to) {
    const { table: index, key, end } = readEntry(log, at);
    const table = tables[index];
    // The program is still being made: the table comes later, and with it what is left here.
    if (table === undefined) return at;
    if (table.known(key) === undefined) table.append(key);
    at = end;
  }
  return at;
}
