import type { Codec } from "./codec.ts";
import type { Elements } from "./elements.ts";
import type { Permutation } from "./permutation.ts";
import { Reader, Writer } from "./writer.ts";

interface Interned<E> {
  readonly element: E;
  readonly key: string;
  /** The images under each permutation met so far, by its index. */
  readonly images: Interned<E>[];
}

/** One frozen value for each content: equal elements of collections are the same object, and their keys are computed once. */
export class Interner<E> implements Elements<E> {
  readonly #codec: Codec<E>;
  readonly #writer = new Writer();
  readonly #byKey = new Map<string, Interned<E>>();
  readonly #byElement = new Map<E, Interned<E>>();

  constructor(codec: Codec<E>) {
    this.#codec = codec;
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

/** Freezes a value and everything in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const field of Object.values(value)) deepFreeze(field);
  return Object.freeze(value);
}
