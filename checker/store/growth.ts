/**
 * Shards of the table that grow where they stand. A shard reserves addresses, not memory, for all that it may become;
 * memory comes with growth. Slots stand nearly in the order of their fingerprints, so that a larger shard is the smaller
 * one pulled apart: from the last slot to the first, each moves up to its new place, and nothing is held twice.
 */

/** Words of a slot: see `Table`. */
export const slotWords = 4;
/** Addresses that a shard reserves: a gibibyte is 2^26 slots. */
const reservedBytes = 2 ** 30;

/** Memory for so many slots, all zero, which can grow in place where the machine has addresses to reserve. */
export function shardOf(slots: number): SharedArrayBuffer {
  const bytes = slots * slotWords * 4;
  if (bytes > reservedBytes) return new SharedArrayBuffer(bytes);
  try {
    return new SharedArrayBuffer(bytes, { maxByteLength: reservedBytes });
  } catch (error) {
    if (error instanceof RangeError) return new SharedArrayBuffer(bytes);
    throw error;
  }
}

/** The shard's memory as words, as long as it is now. Growth needs a new look at it. */
export function wordsOf(buffer: SharedArrayBuffer): Int32Array {
  // A view of fixed length; one that follows the length of its memory is several times slower.
  return new Int32Array(buffer, 0, buffer.byteLength / 4);
}

/** What the first look-up of a fingerprint's slot needs: 2^-32 of the slots. */
export function scaleOf(slots: number): number {
  return slots / 2 ** 32;
}

/** The slot in which a fingerprint is looked for first; `rest` is what chose no shard, in the high bits of a word. */
export function homeOf(rest: number, scale: number): number {
  return ((rest >>> 0) * scale) | 0;
}

/** A shard with this many slots, more than before, and with all that stood in the old one, which is lost. */
export function grown(old: SharedArrayBuffer, slots: number, shardBits: number): SharedArrayBuffer {
  const bytes = slots * slotWords * 4;
  const oldSlots = old.byteLength / 4 / slotWords;
  if (old.growable && bytes <= old.maxByteLength) {
    old.grow(bytes);
    pullApart(wordsOf(old), oldSlots, shardBits);
    return old;
  }
  const buffer = shardOf(slots);
  const from = wordsOf(old);
  const S = wordsOf(buffer);
  for (let at = 0; at < from.length; at += slotWords) if (from[at] !== 0) place(S, from, at, shardBits);
  return buffer;
}

/** Brings the first `oldSlots` slots to where they belong among all, the rest of which are zero. */
function pullApart(S: Int32Array, oldSlots: number, shardBits: number): void {
  const scale = scaleOf(S.length / slotWords);
  const late: number[] = [];
  for (let slot = oldSlots - 1; slot >= 0; slot -= 1) {
    const at = slot * slotWords;
    const low = S[at] as number;
    if (low === 0) continue;
    let to = homeOf(low << shardBits, scale) * slotWords;
    // Below stands what has not moved yet, which would leave a hole, or the search would go round the end into it.
    if (to <= at) to = S.length;
    while (to < S.length && S[to] !== 0) to += slotWords;
    const b = S[at + 1] as number;
    const c = S[at + 2] as number;
    const d = S[at + 3] as number;
    S[at] = 0;
    S[at + 1] = 0;
    S[at + 2] = 0;
    S[at + 3] = 0;
    if (to === S.length) {
      late.push(low, b, c, d);
      continue;
    }
    S[to] = low;
    S[to + 1] = b;
    S[to + 2] = c;
    S[to + 3] = d;
  }
  const rest = Int32Array.from(late);
  for (let at = 0; at < rest.length; at += slotWords) place(S, rest, at, shardBits);
}

/** Copies the slot at `from`, which stands in no slot of the shard yet, to the first that is free. */
export function place(S: Int32Array, words: Int32Array, from: number, shardBits: number): void {
  const low = words[from] as number;
  let at = homeOf(low << shardBits, scaleOf(S.length / slotWords)) * slotWords;
  while (S[at] !== 0) at = at + slotWords === S.length ? 0 : at + slotWords;
  for (let word = 0; word < slotWords; word += 1) S[at + word] = words[from + word] as number;
}
