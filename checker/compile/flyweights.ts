import type { Permutation } from "../../spec/lang/index.ts";
import { type Codec, codecOf, deepFreeze, Reader, type Schema, Writer } from "../../spec/lang/index.ts";

/**
 * One number and one frozen value for each content of a schema: what a word of a packed state holds for a value that
 * is larger than a word. Numbers count from one, in the order of first use; 0 stands for an unused slot.
 */
export class Flyweights {
  readonly #codec: Codec;
  readonly #writer = new Writer();
  readonly #byKey = new Map<string, number>();
  readonly #byValue = new Map<unknown, number>();
  readonly #images: (number | undefined)[][] = [];
  /** The value of each number; position 0 is unused. */
  readonly values: unknown[] = [undefined];
  /** The canonical key of each number: its order is the canonical order of elements. */
  readonly keys: string[] = [""];

  constructor(schema: Schema, path: string) {
    this.#codec = codecOf(schema, path);
  }

  /** The number of the initial value. */
  initial(): number {
    return this.numberOf(this.#codec.initial());
  }

  /** The number of this content. Throws `BoundError` where the value does not fit the schema. */
  numberOf(value: unknown): number {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    this.#codec.write(value, this.#writer.start(), null);
    return this.#numberOfKey(this.#writer.take());
  }

  /** The number of the same content with its ids renamed. */
  imageOf(number: number, permutation: Permutation): number {
    const images = this.#images[permutation.index] ?? [];
    this.#images[permutation.index] = images;
    const known = images[number];
    if (known !== undefined) return known;
    this.#codec.write(this.values[number], this.#writer.start(), permutation);
    const image = this.#numberOfKey(this.#writer.take());
    images[number] = image;
    return image;
  }

  #numberOfKey(key: string): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const number = this.values.length;
    const value = deepFreeze(this.#codec.read(new Reader(key)));
    this.values.push(value);
    this.keys.push(key);
    this.#byKey.set(key, number);
    this.#byValue.set(value, number);
    return number;
  }
}
