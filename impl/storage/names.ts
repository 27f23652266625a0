import { join } from "node:path";

/** What lies in a storage's folder. Files that have none of these names are left alone. */
export const IDENTITY_NAME = "identity.json";
export const LOCK_NAME = "lock";
/** A segment to come, already filled with zeros. */
export const SPARE_NAME = "spare.wal";
/** Whatever is not finished ends in this, and is removed at the next start. */
const UNFINISHED = ".tmp";

const DIGITS = 16;
const SEGMENT = /^log-(\d{16})\.wal$/;
const SNAPSHOT = /^snapshot-(\d{16})\.snap$/;

export function segmentPath(folder: string, number: number): string {
  return join(folder, `log-${String(number).padStart(DIGITS, "0")}.wal`);
}

export function snapshotPath(folder: string, number: number): string {
  return join(folder, `snapshot-${String(number).padStart(DIGITS, "0")}.snap`);
}

export function unfinished(path: string): string {
  return path + UNFINISHED;
}

/** The numbers of the segments among these names, ascending. */
export function segmentNumbers(names: readonly string[]): number[] {
  return numbersIn(names, SEGMENT);
}

export function snapshotNumbers(names: readonly string[]): number[] {
  return numbersIn(names, SNAPSHOT);
}

/** Names of ours that a crash left unfinished. */
export function unfinishedNames(names: readonly string[]): string[] {
  return names.filter((name) => /^(snapshot-|spare|identity).*\.tmp$/.test(name));
}

function numbersIn(names: readonly string[], pattern: RegExp): number[] {
  return names
    .map((name) => pattern.exec(name)?.[1])
    .filter((digits) => digits !== undefined)
    .map(Number)
    .sort((one, other) => one - other);
}
