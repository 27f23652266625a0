/**
 * The fingerprint of a state is a sum, in two independent lanes of 32 bits, over its words and its messages. So the
 * order of the messages does not matter, and a successor's fingerprint is its parent's plus the hashes of what is new
 * less those of what is gone: no successor is written down before it is known to be a new state.
 */

/** One odd factor for each position of a word in a row, in each lane. */
const positions = 12;
const lowFactors = Int32Array.from({ length: positions }, (_, i) => (Math.imul(i + 1, 0x9e3779b2) + 0x7f4a7c15) | 1);
const highFactors = Int32Array.from({ length: positions }, (_, i) => (Math.imul(i + 1, 0x85ebca68) + 0x27d4eb2f) | 1);

export function wordLow(position: number, word: number): number {
  let x = Math.imul(word ^ (word >>> 15), lowFactors[position] ?? 0);
  x = Math.imul(x ^ (x >>> 13), 0x5bd1e995);
  return x ^ (x >>> 16);
}

export function wordHigh(position: number, word: number): number {
  let x = Math.imul(word ^ (word >>> 16), highFactors[position] ?? 0);
  x = Math.imul(x ^ (x >>> 14), 0x2c1b3c6d);
  return x ^ (x >>> 15);
}

/**
 * The two lanes of a message are (a, b), both zero for a content of zero. A message in the domain of the bag counts (a, b); each copy under way counts (b, a + b) on top. Both matrices and
 * their sum can be inverted, so that no bit is lost whichever of the two is exchanged.
 */
export function messageLow(content: number): number {
  let x = Math.imul(content ^ (content >>> 12), 0x7feb352d);
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b);
  return x ^ (x >>> 16);
}

export function messageHigh(content: number): number {
  let x = Math.imul(content ^ (content >>> 11), 0x297a2d39);
  x = Math.imul(x ^ (x >>> 14), 0x1b56c4e9);
  return x ^ (x >>> 15);
}
