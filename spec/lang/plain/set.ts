import type { FiniteSet, OfKind, ReadonlyFiniteSet } from "../collections.ts";
import { type Elements, kindOf, looseElements, structuralKey, structure } from "./elements.ts";

/** A set over two parallel arrays: the keys in ascending order, and the element of each key. */
export class PlainSet<E> implements FiniteSet<E> {
  readonly #keys: string[];
  readonly #items: E[];
  readonly #elements: Elements<E>;

  /** `keys` ascending and without repeats, `items[i]` the element of `keys[i]`. Both become the set's own. */
  constructor(keys: string[], items: E[], elements: Elements<E>) {
    this.#keys = keys;
    this.#items = items;
    this.#elements = elements;
  }

  get size(): number {
    return this.#items.length;
  }

  has(element: E): boolean {
    const key = this.#elements.keyOf(element);
    return this.#keys[insertionPoint(this.#keys, key)] === key;
  }

  every(predicate: (element: E) => boolean): boolean {
    return this.#items.every((item) => predicate(item));
  }

  some(predicate: (element: E) => boolean): boolean {
    return this.#items.some((item) => predicate(item));
  }

  count(predicate: (element: E) => boolean): number {
    let count = 0;
    for (const item of this.#items) if (predicate(item)) count += 1;
    return count;
  }

  equals(other: ReadonlyFiniteSet<E>): boolean {
    return this.size === other.size && this.isSubsetOf(other);
  }

  isSubsetOf(other: ReadonlyFiniteSet<E>): boolean {
    return this.every((item) => other.has(item));
  }

  union(elements: Iterable<E>): ReadonlyFiniteSet<E> {
    const result = this.#copy();
    for (const element of elements) result.add(element);
    return result;
  }

  minus(elements: Iterable<E>): ReadonlyFiniteSet<E> {
    const result = this.#copy();
    for (const element of elements) result.remove(element);
    return result;
  }

  intersect(other: ReadonlyFiniteSet<E>): ReadonlyFiniteSet<E> {
    return this.filter((element) => other.has(element));
  }

  filter(predicate: (element: E) => boolean): ReadonlyFiniteSet<E> {
    const result = new PlainSet<E>([], [], this.#elements);
    for (const item of this.#items) if (predicate(item)) result.add(item);
    return result;
  }

  ofKind<K extends string>(kind: K): readonly OfKind<E, K>[] {
    return this.#items.filter((item): item is OfKind<E, K> => kindOf(item) === kind);
  }

  add(element: E): void {
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    if (this.#keys[at] === key) return;
    this.#keys.splice(at, 0, key);
    this.#items.splice(at, 0, this.#elements.canonical(element));
  }

  remove(element: E): void {
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    if (this.#keys[at] !== key) return;
    this.#keys.splice(at, 1);
    this.#items.splice(at, 1);
  }

  assign(elements: Iterable<E>): void {
    const copy = [...elements];
    this.clear();
    for (const element of copy) this.add(element);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#items.length = 0;
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#items[Symbol.iterator]();
  }

  [structure](): string {
    return `set{${this.#items.map(structuralKey).sort().join(",")}}`;
  }

  #copy(): PlainSet<E> {
    return new PlainSet([...this.#keys], [...this.#items], this.#elements);
  }
}

/** The position of `key` in the ascending `keys`, or where it would stand. */
export function insertionPoint(keys: readonly string[], key: string): number {
  let low = 0;
  let high = keys.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const probe = keys[middle];
    if (probe !== undefined && probe < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A set literal. */
export function setOf<E>(...elements: readonly E[]): ReadonlyFiniteSet<E> {
  const result = new PlainSet<E>([], [], looseElements as Elements<E>);
  for (const element of elements) result.add(element);
  return result;
}
