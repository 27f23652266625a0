import {
  BoundError,
  cardinality,
  type Interner,
  type Permutation,
  type Schema,
  valuesOf,
} from "../../spec/lang/index.ts";
import { finish } from "./mix.ts";
import { withRoom } from "./room.ts";

/** A table with at most this many values is filled when it is made: its numbers fit eight bits. */
const enumeratedMax = 256;

/** Where tables of several threads agree on numbers. `number` of a key that is new to the table comes from here. */
export interface Registry {
  /** The tables of this thread's program, by their index; more are added to the list while the program is made. */
  serve(tables: readonly Flyweights[]): void;
  /** The number of the key in this table: the one that some thread gave it, or the next. Adopts what others added. */
  register(table: Flyweights, key: string): number;
  /** Adopts what other threads added. */
  adopt(): void;
}

/**
 * One number and one frozen value for each content of a schema: what a word of a packed state holds for a value that
 * is larger than a word. Numbers count from one, in the order of first use; 0 stands for an unused slot.
 */
export class Flyweights {
  /** Which table of its program this is. */
  readonly index: number;
  /** True where every value has its number from the start. */
  readonly enumerated: boolean;
  readonly #interner: Interner<unknown>;
  readonly #registry: Registry | null;
  readonly #byKey = new Map<string, number>();
  readonly #byValue = new Map<unknown, number>();
  readonly #images: (number | undefined)[][] = [];
  /** The value of each number; position 0 is unused. */
  readonly values: unknown[] = [undefined];
  /** The canonical key of each number: its order is the canonical order of elements. */
  readonly keys: string[] = [""];
  /** Two 32-bit hashes of each number's content. They depend on the content alone. */
  low = new Int32Array(512);
  high = new Int32Array(512);

  /** The values are those of `interner`, which is that of the schema. */
  constructor(schema: Schema, interner: Interner<unknown>, index: number, registry: Registry | null) {
    this.#interner = interner;
    this.index = index;
    this.enumerated = cardinality(schema) <= enumeratedMax;
    this.#registry = this.enumerated ? null : registry;
    if (this.enumerated) for (const value of valuesOf(schema)) this.numberOf(value);
  }

  /** The number of this content. Throws `BoundError` where the value does not fit the schema. */
  numberOf(value: unknown): number {
    const known = this.#byValue.get(value);
    if (known !== undefined) return known;
    return this.#numberOfKey(this.#interner.keyOf(value));
  }

  /** The same, and the error names the place at which the value was to be put. */
  numberAt(path: string, value: unknown): number {
    try {
      return this.numberOf(value);
    } catch (error) {
      throw error instanceof BoundError ? error.within(path) : error;
    }
  }

  /** The number of the same content with its ids renamed. */
  imageOf(number: number, permutation: Permutation): number {
    const images = this.#images[permutation.index] ?? [];
    this.#images[permutation.index] = images;
    const known = images[number];
    if (known !== undefined) return known;
    const image = this.#numberOfKey(this.#interner.keyOfImage(this.values[number], permutation));
    images[number] = image;
    return image;
  }

  /** Gives the next number to a key that has none. */
  append(key: string): number {
    const number = this.values.length;
    const value = this.#interner.elementOf(key);
    this.values.push(value);
    this.keys.push(key);
    this.#byKey.set(key, number);
    this.#byValue.set(value, number);
    this.low = withRoom(this.low, number + 1);
    this.high = withRoom(this.high, number + 1);
    this.low[number] = hashOf(key, 0x51ed270b);
    this.high[number] = hashOf(key, 0x2f6b4e9d);
    return number;
  }

  /** The values of these numbers in their canonical order. */
  inOrder(numbers: number[]): readonly unknown[] {
    const { keys, values } = this;
    return numbers.sort((a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1)).map((number) => values[number]);
  }

  /** The number of a key that has one. */
  known(key: string): number | undefined {
    return this.#byKey.get(key);
  }

  #numberOfKey(key: string): number {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    return this.#registry === null ? this.append(key) : this.#registry.register(this, key);
  }
}

function hashOf(key: string, seed: number): number {
  let hash = seed ^ key.length;
  for (let at = 0; at < key.length; at += 1) hash = finish(hash ^ key.charCodeAt(at)) + seed;
  return finish(hash | 0);
}
