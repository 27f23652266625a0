/** The two invariants of Raft.tla that the published runs check, on a packed row. */
import {
  COMMIT,
  COMMITTED,
  ENTRY_BITS,
  ENTRY_MASK,
  LEADER,
  LOG,
  LOG_MASK,
  SERVERS,
  STATE,
  TERM_MASK,
  valuesMax,
} from "./layout.ts";

/** In a header: the values that clients were told are committed. */
const ACKED = COMMITTED | (COMMITTED << 2) | (COMMITTED << 4);

/** Every leader that no server is ahead of in terms has each value that was acknowledged. */
export function leaderHasAllAckedValues(words: Int32Array, row: number, servers: number): boolean {
  const acked = (words[row] ?? 0) & ACKED;
  if (acked === 0) return true;
  const end = row + SERVERS + 2 * servers;
  for (let leader = row + SERVERS; leader < end; leader += 2) {
    const word = words[leader] ?? 0;
    if (((word >>> STATE) & 3) !== LEADER) continue;
    let isAhead = true;
    for (let other = row + SERVERS; other < end; other += 2) {
      if (((words[other] ?? 0) & TERM_MASK) > (word & TERM_MASK)) isAhead = false;
    }
    if (isAhead && (acked & ~valuesIn(word)) !== 0) return false;
  }
  return true;
}

/** The values of a log, as the bits that stand for acknowledged ones in a header. */
function valuesIn(word: number): number {
  let values = 0;
  for (let position = 0; position < valuesMax; position += 1) {
    const entry = (word >>> (LOG + ENTRY_BITS * position)) & ENTRY_MASK;
    if (entry !== 0) values |= COMMITTED << (2 * (entry >>> 3));
  }
  return values;
}

/** Any two servers have the same entries up to the lower of their commit indexes. */
export function noLogDivergence(words: Int32Array, row: number, servers: number): boolean {
  const end = row + SERVERS + 2 * servers;
  for (let one = row + SERVERS; one < end; one += 2) {
    const left = words[one] ?? 0;
    const leftCommit = (left >>> COMMIT) & 3;
    if (leftCommit === 0) continue;
    for (let other = one + 2; other < end; other += 2) {
      const right = words[other] ?? 0;
      const common = Math.min(leftCommit, (right >>> COMMIT) & 3);
      const mask = ((1 << (ENTRY_BITS * common)) - 1) & LOG_MASK;
      if ((((left ^ right) >>> LOG) & mask) !== 0) return false;
    }
  }
  return true;
}
