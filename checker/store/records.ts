/** Records of several words, in the order of their first four words without signs: a fingerprint's lanes, then two more. */

const orderedWords = 4;

export function compareRecords(a: Int32Array, i: number, b: Int32Array, j: number): number {
  for (let word = 0; word < orderedWords; word += 1) {
    const left = (a[i + word] as number) >>> 0;
    const right = (b[j + word] as number) >>> 0;
    if (left !== right) return left < right ? -1 : 1;
  }
  return 0;
}

/** Sorts records of a width from one word to another. Meant for few, or for what is almost in order. */
export function sortRecords(words: Int32Array, from: number, to: number, width: number): void {
  const record = new Int32Array(width);
  for (let at = from + width; at < to; at += width) {
    if (compareRecords(words, at - width, words, at) <= 0) continue;
    for (let word = 0; word < width; word += 1) record[word] = words[at + word] as number;
    let hole = at - width;
    while (hole > from && compareRecords(words, hole - width, record, 0) > 0) hole -= width;
    words.copyWithin(hole + width, hole, at);
    for (let word = 0; word < width; word += 1) words[hole + word] = record[word] as number;
  }
}
