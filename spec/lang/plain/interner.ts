import { BoundError } from "../errors.ts";
import type { IdSet } from "../ids.ts";
import type { Schema } from "../schema.ts";
import type { Codec } from "./codec.ts";
import { deepFreeze } from "./editing.ts";
import type { Elements } from "./elements.ts";
import type { Permutation } from "./permutation.ts";
import { valueText } from "./value-text.ts";
import { Reader, Writer } from "./writer.ts";

interface Interned<E> {
  readonly element: E;
  readonly key: string;
  /** The images under each permutation met so far, by its index. */
  readonly images: Interned<E>[];
}

/** One frozen value for each content: equal elements of collections are the same object, and their keys are computed once. */
export class Interner<E> implements Elements<E> {
  readonly #schema: Schema;
  readonly #codec: Codec<E>;
  readonly #writer = new Writer();
  readonly #byKey = new Map<string, Interned<E>>();
  readonly #byElement = new Map<E, Interned<E>>();

  constructor(schema: Schema, codec: Codec<E>) {
    this.#schema = schema;
    this.#codec = codec;
  }

  textOf(element: E): string {
    return valueText(this.#schema, element);
  }

  keyOf(element: E): string {
    return this.#intern(element).key;
  }

  canonical(element: E): E {
    return this.#intern(element).element;
  }

  /** The element of a key that an element of this interner had, in this run or another. */
  elementOf(key: string): E {
    return this.#internKey(key).element;
  }

  /** The element with its ids renamed. */
  image(element: E, permutation: Permutation): E {
    return this.#image(element, permutation).element;
  }

  keyOfImage(element: E, permutation: Permutation): string {
    return this.#image(element, permutation).key;
  }

  #image(element: E, permutation: Permutation): Interned<E> {
    const interned = this.#intern(element);
    const known = interned.images[permutation.index];
    if (known !== undefined) return known;
    this.#codec.write(element, this.#writer.start(), permutation);
    const image = this.#internKey(this.#writer.take());
    interned.images[permutation.index] = image;
    return image;
  }

  #intern(element: E): Interned<E> {
    const known = this.#byElement.get(element);
    if (known !== undefined) return known;
    this.#codec.write(element, this.#writer.start(), null);
    return this.#internKey(this.#writer.take());
  }

  #internKey(key: string): Interned<E> {
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const element = deepFreeze(this.#codec.read(new Reader(key)));
    const interned = { element, key, images: [] };
    this.#byKey.set(key, interned);
    this.#byElement.set(element, interned);
    return interned;
  }
}

/** An interner as one collection uses it: an element that does not fit is reported with the collection's place. */
export class PlacedInterner implements Elements<unknown> {
  readonly interner: Interner<unknown>;
  readonly #path: string;

  constructor(interner: Interner<unknown>, path: string) {
    this.interner = interner;
    this.#path = path;
  }

  textOf(element: unknown): string {
    return this.interner.textOf(element);
  }

  keyOf(element: unknown): string {
    try {
      return this.interner.keyOf(element);
    } catch (error) {
      throw this.#placed(error);
    }
  }

  canonical(element: unknown): unknown {
    try {
      return this.interner.canonical(element);
    } catch (error) {
      throw this.#placed(error);
    }
  }

  #placed(error: unknown): unknown {
    return error instanceof BoundError ? error.within(this.#path) : error;
  }
}

/**
 * The interners of one model, one for each set of values: whatever collection, option or parameter it comes from, a value
 * of a schema is the same object in all of the model, so that `===` means the same in every engine.
 */
export class Interners {
  readonly #byShape = new Map<string, Interner<unknown>>();
  readonly #idSets: IdSet[] = [];
  readonly #codecOf: (schema: Schema, path: string, interners: Interners) => Codec;

  constructor(codecOf: (schema: Schema, path: string, interners: Interners) => Codec) {
    this.#codecOf = codecOf;
  }

  of(schema: Schema): Interner<unknown> {
    const shape = this.shapeOf(schema);
    const known = this.#byShape.get(shape);
    if (known !== undefined) return known;
    const interner = new Interner(schema, this.#codecOf(schema, "", this));
    this.#byShape.set(shape, interner);
    return interner;
  }

  /** The same for a collection at `path`. */
  at(schema: Schema, path: string): PlacedInterner {
    return new PlacedInterner(this.of(schema), path);
  }

  /** Equal for schemas with the same values. Id sets are told apart by identity: two may have one prefix and one size. */
  shapeOf(schema: Schema): string {
    const numberOf = (set: IdSet): number => this.#numberOf(set);
    return JSON.stringify(schema, function (this: object, name: string, value: unknown) {
      if (isIdSet(value)) return `set ${numberOf(value)}`;
      return name === "initial" && isSchema(this) ? undefined : value;
    });
  }

  #numberOf(set: IdSet): number {
    const known = this.#idSets.indexOf(set);
    return known >= 0 ? known : this.#idSets.push(set) - 1;
  }
}

/** False for the fields of a record, which may have any name: their values are schemas, and no text. */
function isSchema(holder: object): boolean {
  return "kind" in holder && typeof holder.kind === "string";
}

function isIdSet(value: unknown): value is IdSet {
  return Array.isArray(value) && "prefix" in value;
}
