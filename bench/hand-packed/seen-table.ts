/**
 * Fingerprints of 64 bits, two lanes side by side in one table with linear probing. A slot is given by the upper bits of
 * the low lane, so that a table twice as large holds the same fingerprints in the same order, and growing reads and
 * writes memory from one end to the other.
 */
export class SeenTable {
  /** Two words a slot. Both are zero where the slot is free. */
  words: Int32Array;
  /** How far the low lane is shifted to give a slot. */
  shift: number;
  /** Slots less one. */
  mask: number;
  size = 0;

  constructor(slotBits: number) {
    this.words = new Int32Array(2 << slotBits);
    this.shift = 32 - slotBits;
    this.mask = 2 ** slotBits - 1;
  }

  /** Makes room for so many more fingerprints at a load of at most five eighths. */
  reserve(more: number): void {
    while ((this.size + more) * 8 > (this.mask + 1) * 5) this.#double();
  }

  #double(): void {
    const old = this.words;
    const grown = new SeenTable(32 - this.shift + 1);
    for (let i = 0; i < old.length; i += 2) {
      const low = old[i] ?? 0;
      const high = old[i + 1] ?? 0;
      if ((low | high) !== 0) grown.#put(low, high);
    }
    this.words = grown.words;
    this.shift = grown.shift;
    this.mask = grown.mask;
  }

  #put(low: number, high: number): void {
    let slot = low >>> this.shift;
    while (((this.words[slot << 1] ?? 0) | (this.words[(slot << 1) + 1] ?? 0)) !== 0) slot = (slot + 1) & this.mask;
    this.words[slot << 1] = low;
    this.words[(slot << 1) + 1] = high;
  }
}
