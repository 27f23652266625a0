import { slotWords } from "../store/growth.ts";
import { levelMax, type Table } from "../store/table.ts";
import { candidateWords, countedRow } from "./candidates.ts";
import type { Disk } from "./disk.ts";
import { type Run, RunWriter } from "./runs.ts";

/** Words that are written at a time. */
const bufferWords = 1 << 14;

/** What a table holds, on disk. */
export interface Brought {
  readonly size: number;
  /** The states up to the level being expanded, in order; null where there are none. */
  readonly seen: Run | null;
  /** Those of the next level, as candidates that were counted already. */
  readonly counted: Run | null;
}

/**
 * Brings what a table holds to disk while this level is being expanded. States on levels too deep for the table to know
 * one from the next are taken as seen: the table does not replace the parents of such states either.
 */
export function* bringToDisk(table: Table, level: number, disk: Disk): Generator<void, Brought> {
  const seen = new RunWriter(disk, slotWords, bufferWords);
  const counted = new RunWriter(disk, candidateWords, bufferWords);
  for (const words of table.inOrder()) {
    for (let at = 0; at < words.length; at += slotWords) {
      const stamp = words[at + 3] as number;
      const isNext = (stamp & levelMax) === level + 1 && level + 1 < levelMax;
      const low = words[at] as number;
      const high = words[at + 1] as number;
      const parent = words[at + 2] as number;
      if (isNext) counted.append(low, high, parent, stamp >>> 16, countedRow);
      else seen.append(low, high, parent, stamp, 0);
    }
    yield;
  }
  const brought = { size: table.size, seen: seen.end(), counted: counted.end() };
  yield;
  return brought;
}
