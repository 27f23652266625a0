/** Fingerprints of 64 bits as two lanes, interleaved in one table with linear probing. */
export class FingerprintSet {
  #table: Int32Array;
  #mask: number;
  #size = 0;

  /** `slots`: a power of two. */
  constructor(slots: number) {
    this.#table = new Int32Array(2 * slots);
    this.#mask = slots - 1;
  }

  get size(): number {
    return this.#size;
  }

  get bytes(): number {
    return this.#table.byteLength;
  }

  /** True where the fingerprint is new. The lanes are not both zero. */
  add(low: number, high: number): boolean {
    const table = this.#table;
    const mask = this.#mask;
    for (let slot = low & mask; ; slot = (slot + 1) & mask) {
      const l = table[2 * slot];
      const h = table[2 * slot + 1];
      if (l === low && h === high) return false;
      if (l === 0 && h === 0) {
        table[2 * slot] = low;
        table[2 * slot + 1] = high;
        this.#size += 1;
        if (this.#size * 10 > (mask + 1) * 7) this.#grow();
        return true;
      }
    }
  }

  #grow(): void {
    const old = this.#table;
    const slots = (this.#mask + 1) * 2;
    this.#table = new Int32Array(2 * slots);
    this.#mask = slots - 1;
    for (let at = 0; at < old.length; at += 2) {
      const low = old[at] ?? 0;
      const high = old[at + 1] ?? 0;
      if (low === 0 && high === 0) continue;
      let slot = low & this.#mask;
      while (this.#table[2 * slot] !== 0 || this.#table[2 * slot + 1] !== 0) slot = (slot + 1) & this.#mask;
      this.#table[2 * slot] = low;
      this.#table[2 * slot + 1] = high;
    }
  }
}
