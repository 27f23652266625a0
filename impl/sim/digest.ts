/** A running hash of numbers, in two lanes of 32 bits: it names a run, and is no defence against anybody. */
export class Digest {
  #one = 0x811c9dc5 | 0;
  #other = 0x9e3779b9 | 0;

  /** Takes in a whole number below 2^53. */
  add(value: number): void {
    const low = value | 0;
    const high = (value / 2 ** 32) | 0;
    this.#one = Math.imul(this.#one ^ low, 0x01000193) ^ high;
    let mixed = Math.imul(low ^ (high + 0x7f4a7c15), 0x85ebca6b) ^ this.#other;
    mixed ^= mixed >>> 13;
    this.#other = (Math.imul(mixed, 0xc2b2ae35) + this.#one) | 0;
  }

  /** Sixteen hexadecimal digits. */
  text(): string {
    return [this.#one, this.#other].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
  }
}

/** FNV-1a over bytes, from a given start: links of hash chains. A whole number below 2^32. */
export function bytesHash(bytes: Uint8Array, start: number): number {
  let hash = (0x811c9dc5 ^ start) | 0;
  for (let i = 0; i < bytes.length; i += 1) hash = Math.imul(hash ^ (bytes[i] as number), 0x01000193);
  return hash >>> 0;
}

/** Mixes a number into a hash. A whole number below 2^32. */
export function mixed(hash: number, value: number): number {
  let word = Math.imul(hash ^ (value | 0), 0x85ebca6b) ^ ((value / 2 ** 32) | 0);
  word ^= word >>> 15;
  word = Math.imul(word, 0xc2b2ae35);
  return (word ^ (word >>> 13)) >>> 0;
}
