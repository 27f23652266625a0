/** Numbers, texts and byte strings one after the other: what entries, messages and files are made of. */

const encoder = new TextEncoder();
// Without ignoreBOM a text that begins with U+FEFF would come back without it.
const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
/** A whole number below 2^53 takes eight groups of seven bits at most. */
const NUMBER_BYTES_MAX = 8;

/** Bytes that are being put together. They grow by doubling. */
export class ByteWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 256) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  /** A whole number from 0 to 2^53 - 1, in groups of seven bits, the lowest first. */
  number(value: number): void {
    if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} cannot be encoded`);
    this.#reserve(NUMBER_BYTES_MAX);
    let rest = value;
    while (rest >= 0x80) {
      this.#bytes[this.#length++] = (rest % 0x80) | 0x80;
      rest = Math.floor(rest / 0x80);
    }
    this.#bytes[this.#length++] = rest;
  }

  byte(value: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = value;
  }

  flag(value: boolean): void {
    this.byte(value ? 1 : 0);
  }

  /** The length, and then the bytes, which are copied. */
  bytes(value: Uint8Array): void {
    this.number(value.length);
    this.#reserve(value.length);
    this.#bytes.set(value, this.#length);
    this.#length += value.length;
  }

  /** As UTF-8. Halves of surrogate pairs have none, and come back as U+FFFD. */
  text(value: string): void {
    if (value.length >= 0x80 || !this.#ascii(value)) this.bytes(encoder.encode(value));
  }

  /** Ids are short and rarely more than ASCII, for which calling the encoder, even in place, takes far longer. */
  #ascii(value: string): boolean {
    const { length } = value;
    this.#reserve(length + 1);
    const start = this.#length + 1;
    for (let i = 0; i < length; i += 1) {
      const code = value.charCodeAt(i);
      if (code >= 0x80) return false;
      this.#bytes[start + i] = code;
    }
    this.#bytes[this.#length] = length;
    this.#length = start + length;
    return true;
  }

  /** Four bytes, the lowest first, at a place that was written before: for lengths and checksums of what follows. */
  patch32(at: number, value: number): void {
    new DataView(this.#bytes.buffer).setUint32(at, value >>> 0, true);
  }

  /** Four bytes, the lowest first. */
  word(value: number): void {
    this.#reserve(4);
    this.#length += 4;
    this.patch32(this.#length - 4, value);
  }

  /** What was written so far. The bytes are not copied: they are valid until the next write. */
  view(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** A copy that stays. */
  copy(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  /** Takes back what was written from `length` on. */
  truncate(length: number): void {
    if (length > this.#length) throw new RangeError(`${length} bytes are more than the ${this.#length} written`);
    this.#length = length;
  }

  #reserve(count: number): void {
    const needed = this.#length + count;
    if (needed <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}

/** What was read is no encoding: the bytes are damaged, or of another version. */
export class EncodingError extends Error {
  override readonly name = "EncodingError";
}

/** Reads what a `ByteWriter` wrote. Every method throws `EncodingError` where the bytes end early or make no sense. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  #at: number;

  constructor(bytes: Uint8Array, at = 0) {
    this.#bytes = bytes;
    this.#at = at;
  }

  get at(): number {
    return this.#at;
  }

  /** There is one encoding of each number: the shortest. */
  number(): number {
    let value = 0;
    let scale = 1;
    for (let count = 0; count < NUMBER_BYTES_MAX; count += 1) {
      const byte = this.byte();
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) {
        if (value > Number.MAX_SAFE_INTEGER || (byte === 0 && count > 0)) break;
        return value;
      }
      scale *= 0x80;
    }
    throw new EncodingError(`no number ends before byte ${this.#at}`);
  }

  byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new EncodingError(`the bytes end at ${this.#at}, and more was expected`);
    this.#at += 1;
    return byte;
  }

  flag(): boolean {
    const byte = this.byte();
    if (byte > 1) throw new EncodingError(`${byte} is no flag, at byte ${this.#at - 1}`);
    return byte === 1;
  }

  /** The length of a list whose elements take a byte each at least: damage cannot announce more than there is. */
  count(): number {
    const at = this.#at;
    const count = this.number();
    const left = this.#bytes.length - this.#at;
    if (count > left) throw new EncodingError(`${count} elements were announced at ${at}, and ${left} bytes follow`);
    return count;
  }

  /** A view of the bytes, not a copy: it is valid as long as what is read from. */
  bytes(): Uint8Array {
    const length = this.number();
    if (length > this.#bytes.length - this.#at) {
      throw new EncodingError(
        `${length} bytes were announced at ${this.#at}, of which ${this.#bytes.length - this.#at} are there`,
      );
    }
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }

  text(): string {
    const at = this.#at;
    try {
      return decoder.decode(this.bytes());
    } catch (error) {
      if (error instanceof EncodingError) throw error;
      throw new EncodingError(`the text at byte ${at} is not UTF-8`);
    }
  }

  word(): number {
    const low = this.byte() | (this.byte() << 8) | (this.byte() << 16);
    return (low | (this.byte() << 24)) >>> 0;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** For whoever has read all that there should be. */
  end(): void {
    if (!this.isAtEnd)
      throw new EncodingError(`${this.#bytes.length - this.#at} bytes too many, from byte ${this.#at}`);
  }
}
