/**
 * Sorted runs: files of records of one width, in order, written once from the beginning to the end. A record begins with
 * the two lanes of a fingerprint. The low lane of every 256th record is kept in memory, so that who looks for few
 * fingerprints reads few blocks, and who looks for many reads the file in order.
 */
import type { Disk } from "./disk.ts";
import type { Source } from "./merge.ts";
import type { StoredFile } from "./storage.ts";

const blockRecords = 256;

export interface Run {
  readonly file: StoredFile;
  /** Words of a record. */
  readonly width: number;
  readonly records: number;
  /** The low lanes of the first record of each block. */
  readonly firsts: readonly number[];
}

export class RunWriter {
  readonly #disk: Disk;
  readonly #width: number;
  readonly #buffer: Int32Array;
  readonly #firsts: number[] = [];
  #file: StoredFile | null = null;
  #used = 0;
  #written = 0;
  #records = 0;

  /** `bufferWords`: words that are written at a time. */
  constructor(disk: Disk, width: number, bufferWords: number) {
    this.#disk = disk;
    this.#width = width;
    this.#buffer = new Int32Array(Math.max(1, Math.floor(bufferWords / width)) * width);
  }

  /** Appends a record of the four words and as many of what follows as the width says. */
  append(low: number, high: number, third: number, fourth: number, fifth: number): void {
    const buffer = this.#buffer;
    if (this.#used === buffer.length) this.#flush();
    if (this.#records % blockRecords === 0) this.#firsts.push(low);
    this.#records += 1;
    const at = this.#used;
    buffer[at] = low;
    buffer[at + 1] = high;
    buffer[at + 2] = third;
    buffer[at + 3] = fourth;
    if (this.#width > 4) buffer[at + 4] = fifth;
    this.#used = at + this.#width;
  }

  /** The run of what was appended; null where that is nothing. */
  end(): Run | null {
    if (this.#used > 0) this.#flush();
    if (this.#file === null) return null;
    this.#disk.runs += 1;
    return { file: this.#file, width: this.#width, records: this.#records, firsts: this.#firsts };
  }

  #flush(): void {
    this.#file ??= this.#disk.create();
    this.#disk.write(this.#file, this.#buffer.subarray(0, this.#used), this.#written);
    this.#written += this.#used;
    this.#used = 0;
  }
}

export class RunReader implements Source {
  words: Int32Array;
  at = 0;
  readonly #disk: Disk;
  readonly #run: Run;
  /** Words of the buffer that are filled. */
  #filled = 0;
  /** The block after the buffer, and how many blocks were read last. */
  #block = 0;
  #blocks = 1;
  #isBegun = false;

  /** `bufferWords`: words that are read at a time. */
  constructor(disk: Disk, run: Run, bufferWords: number) {
    this.#disk = disk;
    this.#run = run;
    const blockWords = blockRecords * run.width;
    const blocks = Math.min(run.firsts.length, Math.max(1, Math.floor(bufferWords / blockWords)));
    this.words = new Int32Array(blocks * blockWords);
  }

  advance(): boolean {
    if (this.#isBegun) this.at += this.#run.width;
    this.#isBegun = true;
    return this.at < this.#filled || this.#fill(this.words.length);
  }

  /** Goes on to the first record with this fingerprint or a greater one; false where there is none. It never goes back. */
  seek(low: number, high: number): boolean {
    const { width, firsts } = this.#run;
    const lowest = low >>> 0;
    const highest = high >>> 0;
    this.#isBegun = true;
    for (;;) {
      const { words } = this;
      const end = this.#filled;
      let { at } = this;
      for (; at < end; at += width) {
        const own = (words[at] as number) >>> 0;
        if (own > lowest || (own === lowest && (words[at + 1] as number) >>> 0 >= highest)) {
          this.at = at;
          return true;
        }
      }
      const next = this.#block;
      while (this.#block + 1 < firsts.length && (firsts[this.#block + 1] as number) >>> 0 < lowest) this.#block += 1;
      // Where blocks are passed over, the next one may be, too: reading ahead begins anew.
      this.#blocks = this.#block === next ? 2 * this.#blocks : 1;
      if (!this.#fill(this.#blocks * blockRecords * width)) return false;
    }
  }

  /** Goes to the first block that can hold this low lane. */
  jump(low: number): void {
    const { firsts } = this.#run;
    let from = 0;
    let to = firsts.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if ((firsts[middle] as number) >>> 0 < low >>> 0) from = middle + 1;
      else to = middle;
    }
    this.#block = Math.max(0, from - 1);
    this.#filled = 0;
    this.at = 0;
  }

  #fill(wordsMax: number): boolean {
    const { width, records, file } = this.#run;
    const from = this.#block * blockRecords * width;
    const count = Math.min(wordsMax, this.words.length, records * width - from);
    this.at = 0;
    this.#filled = Math.max(0, count);
    if (count <= 0) return false;
    this.#disk.read(file, this.words.subarray(0, count), from);
    this.#block += Math.ceil(count / (blockRecords * width));
    return true;
  }
}
