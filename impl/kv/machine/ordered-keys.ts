/** A chunk that grows beyond this is halved. Shifting so many references is cheaper than a search one level deeper. */
const CHUNK_SIZE_MAX = 512;

/**
 * A set of keys in ascending order of their UTF-16 code units, which is how JavaScript compares strings. A list of
 * sorted chunks: two binary searches and a short shift for a change, no rebalancing.
 */
export class OrderedKeys {
  /** None is empty. */
  readonly #chunks: string[][] = [];

  /** `keys` is in ascending order, and none is in it twice. */
  static of(keys: readonly string[]): OrderedKeys {
    const ordered = new OrderedKeys();
    const size = CHUNK_SIZE_MAX / 2;
    for (let i = 0; i < keys.length; i += size) ordered.#chunks.push(keys.slice(i, i + size));
    return ordered;
  }

  /** The key is not there yet. */
  add(key: string): void {
    const at = Math.min(this.#chunkFor(key), this.#chunks.length - 1);
    const chunk = this.#chunks[at];
    if (chunk === undefined) {
      this.#chunks.push([key]);
      return;
    }
    chunk.splice(lowerBound(chunk, key), 0, key);
    if (chunk.length > CHUNK_SIZE_MAX) this.#chunks.splice(at + 1, 0, chunk.splice(CHUNK_SIZE_MAX / 2));
  }

  /** The key is there. */
  remove(key: string): void {
    const at = this.#chunkFor(key);
    const chunk = this.#chunks[at];
    if (chunk === undefined) return;
    chunk.splice(lowerBound(chunk, key), 1);
    if (chunk.length === 0) this.#chunks.splice(at, 1);
  }

  /** The keys that are not before `first`, in order. Nothing may change while they are taken. */
  *from(first: string): Generator<string, void, undefined> {
    let at = this.#chunkFor(first);
    let i = lowerBound(this.#chunks[at] ?? [], first);
    for (let chunk = this.#chunks[at]; chunk !== undefined; chunk = this.#chunks[++at]) {
      for (; i < chunk.length; i += 1) yield chunk[i] as string;
      i = 0;
    }
  }

  /** The first chunk whose last key is not before `key`; their number where there is none. */
  #chunkFor(key: string): number {
    let low = 0;
    let high = this.#chunks.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const chunk = this.#chunks[middle] as string[];
      if ((chunk[chunk.length - 1] as string) < key) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Where `key` is, or would be. */
function lowerBound(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((keys[middle] as string) < key) low = middle + 1;
    else high = middle;
  }
  return low;
}
