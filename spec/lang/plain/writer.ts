/** Collects the code units of a canonical key. */
export class Writer {
  #codes = new Uint16Array(256);
  #length = 0;

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

  /** Appends a string of code units after its length, which must stay below 65,536. */
  putKey(key: string): void {
    this.put(key.length);
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
