/** The arithmetic of fingerprints: two lanes of 32 bits, each a sum of well-mixed parts, so that order is of no matter. */

/** Spreads a word over 32 bits, one to one (the end of MurmurHash3). */
export function finish(word: number): number {
  let h = word;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

/** Another such spread (constants of Chris Wellons' hash prospector), for the other lane. */
export function finishOther(word: number): number {
  let h = word;
  h ^= h >>> 16;
  h = Math.imul(h, 0x21f0aaad);
  h ^= h >>> 15;
  h = Math.imul(h, 0x735a2d97);
  return h ^ (h >>> 15);
}

/** A fixed, well-mixed number for each position, different in each lane. */
export function seeds(count: number, lane: number): Int32Array<ArrayBuffer> {
  return Int32Array.from({ length: count }, (_, at) => finish(Math.imul(at + 1, 0x9e3779b9) ^ lane));
}
