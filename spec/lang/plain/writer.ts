import { SpecError } from "../errors.ts";

const codeUnitMax = 0xffff;

/** Collects the code units of a canonical key. */
export class Writer {
  #codes = new Uint16Array(256);
  #length = 0;

  /** Begins a key. What a write left behind that threw half-way is gone. */
  start(): this {
    this.#length = 0;
    return this;
  }

  /** Appends one code unit, from 0 to 65,535. */
  put(code: number): void {
    if (this.#length === this.#codes.length) {
      const larger = new Uint16Array(this.#codes.length * 2);
      larger.set(this.#codes);
      this.#codes = larger;
    }
    this.#codes[this.#length] = code;
    this.#length += 1;
  }

  /** Appends a number that no schema bounds: a length, a size. Past 65,535 it is an error, never a wrap. */
  putCount(count: number, of: string): void {
    if (count > codeUnitMax) {
      throw new SpecError(
        `the state has ${count} ${of}, and ${codeUnitMax} is the most`,
        "Write smaller bounds, or a guard that keeps the collection small.",
      );
    }
    this.put(count);
  }

  /** Appends a string of code units after its length. */
  putKey(key: string): void {
    this.putCount(key.length, "code units in one element");
    for (let position = 0; position < key.length; position += 1) this.put(key.charCodeAt(position));
  }

  /** The key collected so far; the writer starts anew. */
  take(): string {
    const chunk = 8192;
    let key = "";
    for (let from = 0; from < this.#length; from += chunk) {
      key += Reflect.apply(String.fromCharCode, null, this.#codes.subarray(from, Math.min(from + chunk, this.#length)));
    }
    this.#length = 0;
    return key;
  }
}

/** Reads a canonical key from its start. */
export class Reader {
  readonly #key: string;
  #position = 0;

  constructor(key: string) {
    this.#key = key;
  }

  get position(): number {
    return this.#position;
  }

  /** The code units from a position on to where the reader is. */
  since(position: number): string {
    return this.#key.substring(position, this.#position);
  }

  next(): number {
    const code = this.#key.charCodeAt(this.#position);
    this.#position += 1;
    return code;
  }

  /** The counterpart of `putKey`. */
  nextKey(): string {
    const length = this.next();
    const from = this.#position;
    this.#position += length;
    return this.#key.substring(from, this.#position);
  }
}
