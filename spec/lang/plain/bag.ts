import type { Bag, OfKind } from "../collections.ts";
import { BoundError } from "../errors.ts";
import { noSuchElement, pathOf } from "./collection-errors.ts";
import { copied, type Refusal, refuseChange, seal, valueNow } from "./editing.ts";
import { type Elements, isOfKind } from "./elements.ts";
import { insertionPoint } from "./set.ts";
import { type Structure, structure } from "./structure.ts";

/**
 * A multiset over three parallel arrays: keys in ascending order, the element of each, and its number of copies. The arrays
 * are replaced and never changed: an iteration goes on over those it began with.
 */
export class PlainBag<E> implements Bag<E> {
  #keys: readonly string[];
  #items: readonly E[];
  #counts: readonly number[];
  readonly #elements: Elements<E>;
  readonly #copiesMax: number;
  readonly #path: string;
  #refusal: Refusal | null = null;

  /** `keys` ascending, every count at least one. The arrays become the bag's own. `path` names the place in messages. */
  constructor(
    keys: readonly string[],
    items: readonly E[],
    counts: readonly number[],
    elements: Elements<E>,
    copiesMax: number,
    path: string,
  ) {
    this.#keys = keys;
    this.#items = items;
    this.#counts = counts;
    this.#elements = elements;
    this.#copiesMax = copiesMax;
    this.#path = path;
  }

  get size(): number {
    let size = 0;
    for (const count of this.#counts) size += count;
    return size;
  }

  copies(element: E): number {
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    return this.#keys[at] === key ? (this.#counts[at] ?? 0) : 0;
  }

  has(element: E): boolean {
    return this.copies(element) > 0;
  }

  every(predicate: (element: E) => boolean): boolean {
    return this.#items.every((item) => predicate(item));
  }

  some(predicate: (element: E) => boolean): boolean {
    return this.#items.some((item) => predicate(item));
  }

  ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<E, K>[] {
    return this.#items.filter((item): item is OfKind<E, K> => isOfKind(item, kinds));
  }

  add(element: E): void {
    this.#requireEditable();
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    const count = this.#keys[at] === key ? (this.#counts[at] ?? 0) : 0;
    if (count >= this.#copiesMax)
      throw tooManyCopies(this.#path, count + 1, this.#elements.textOf(element), this.#copiesMax);
    if (count > 0) {
      this.#counts = this.#counts.with(at, count + 1);
      return;
    }
    this.#items = this.#items.toSpliced(at, 0, this.#elements.canonical(element));
    this.#keys = this.#keys.toSpliced(at, 0, key);
    this.#counts = this.#counts.toSpliced(at, 0, 1);
  }

  remove(element: E): void {
    this.#requireEditable();
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    const count = this.#counts[at];
    if (this.#keys[at] !== key || count === undefined) throw noSuchElement(this.#path, this.#elements.textOf(element));
    if (count > 1) {
      this.#counts = this.#counts.with(at, count - 1);
      return;
    }
    this.#keys = this.#keys.toSpliced(at, 1);
    this.#items = this.#items.toSpliced(at, 1);
    this.#counts = this.#counts.toSpliced(at, 1);
  }

  clear(): void {
    this.#requireEditable();
    this.#keys = [];
    this.#items = [];
    this.#counts = [];
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#items[Symbol.iterator]();
  }

  [pathOf](): string {
    return this.#path;
  }

  [structure](): Structure {
    return { kind: "bag", parts: this.#items.map((item, at) => [item, this.#counts[at]] as const) };
  }

  [seal](refusal: Refusal): void {
    this.#refusal = refusal;
  }

  [copied](): PlainBag<E> {
    const items = this.#items.map((item) => valueNow(item) as E);
    if (this.#refusal === "value" && items.every((item, at) => item === this.#items[at])) return this;
    const copy = new PlainBag(this.#keys, items, this.#counts, this.#elements, this.#copiesMax, this.#path);
    copy[seal]("value");
    return copy;
  }

  #requireEditable(): void {
    if (this.#refusal !== null) refuseChange(this.#refusal);
  }
}

/** `element` is the element as messages show it. */
export function tooManyCopies(path: string, copies: number, element: string, max: number): BoundError {
  return new BoundError(path, `a bag with ${copies} copies of ${element}`, `at most ${max} of each element`);
}
