import type { FiniteSet, OfKind, ReadonlyFiniteSet } from "../collections.ts";
import { literalPath, pathOf } from "./collection-errors.ts";
import { copied, type Refusal, refuseChange, seal, valueNow } from "./editing.ts";
import { type Elements, isOfKind, looseElements } from "./elements.ts";
import { type Structure, structure } from "./structure.ts";

/**
 * A set over two parallel arrays: the keys in ascending order, and the element of each key. Both are replaced and never
 * changed: an iteration goes on over those it began with.
 */
export class PlainSet<E> implements FiniteSet<E> {
  #keys: readonly string[];
  #items: readonly E[];
  readonly #elements: Elements<E>;
  readonly #path: string;
  #refusal: Refusal | null = null;

  /** `keys` ascending and without repeats, `items[i]` the element of `keys[i]`. Both become the set's own. */
  constructor(keys: readonly string[], items: readonly E[], elements: Elements<E>, path: string = literalPath) {
    this.#keys = keys;
    this.#items = items;
    this.#elements = elements;
    this.#path = path;
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
    const result = new PlainSet(this.#keys, this.#items, this.#elements);
    for (const element of [...elements]) result.add(element);
    return sealed(result);
  }

  minus(elements: Iterable<E>): ReadonlyFiniteSet<E> {
    const result = new PlainSet(this.#keys, this.#items, this.#elements);
    for (const element of [...elements]) result.remove(element);
    return sealed(result);
  }

  intersect(other: ReadonlyFiniteSet<E>): ReadonlyFiniteSet<E> {
    return this.filter((element) => other.has(element));
  }

  filter(predicate: (element: E) => boolean): ReadonlyFiniteSet<E> {
    const keys = this.#keys;
    const items = this.#items;
    const kept = items.map((item) => predicate(item));
    const isKept = (_: unknown, at: number): boolean => kept[at] === true;
    return sealed(new PlainSet(keys.filter(isKept), items.filter(isKept), this.#elements));
  }

  ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<E, K>[] {
    return this.#items.filter((item): item is OfKind<E, K> => isOfKind(item, kinds));
  }

  add(element: E): void {
    this.#requireEditable();
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    if (this.#keys[at] === key) return;
    this.#items = this.#items.toSpliced(at, 0, this.#elements.canonical(element));
    this.#keys = this.#keys.toSpliced(at, 0, key);
  }

  remove(element: E): void {
    this.#requireEditable();
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    if (this.#keys[at] !== key) return;
    this.#keys = this.#keys.toSpliced(at, 1);
    this.#items = this.#items.toSpliced(at, 1);
  }

  assign(elements: Iterable<E>): void {
    this.#requireEditable();
    const copy = [...elements];
    this.clear();
    for (const element of copy) this.add(element);
  }

  clear(): void {
    this.#requireEditable();
    this.#keys = [];
    this.#items = [];
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#items[Symbol.iterator]();
  }

  [pathOf](): string {
    return this.#path;
  }

  [structure](): Structure {
    return { kind: "set", parts: this.#items };
  }

  [seal](refusal: Refusal): void {
    this.#refusal = refusal;
  }

  [copied](): ReadonlyFiniteSet<E> {
    const items = this.#items.map((item) => valueNow(item) as E);
    const isSettled = this.#refusal === "value" && items.every((item, at) => item === this.#items[at]);
    return isSettled ? this : sealed(new PlainSet(this.#keys, items, this.#elements));
  }

  #requireEditable(): void {
    if (this.#refusal !== null) refuseChange(this.#refusal);
  }
}

function sealed<E>(set: PlainSet<E>): PlainSet<E> {
  set[seal]("value");
  return set;
}

/** The position of `key` in the ascending `keys`, or where it would be inserted. */
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

/** A set literal: a value. Its elements have no schema, and are in the order of `looseKey`. */
export function setOf<E>(...elements: readonly E[]): ReadonlyFiniteSet<E> {
  const result = new PlainSet<E>([], [], looseElements as Elements<E>);
  for (const element of elements) result.add(element);
  return sealed(result);
}
