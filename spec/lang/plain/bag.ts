import type { Bag, OfKind } from "../collections.ts";
import { BoundError, SpecError } from "../errors.ts";
import { type Elements, kindOf, structuralKey, structure } from "./elements.ts";
import { insertionPoint } from "./set.ts";

/** A multiset over three parallel arrays: keys in ascending order, the element of each, and its number of copies. */
export class PlainBag<E> implements Bag<E> {
  readonly #keys: string[];
  readonly #items: E[];
  readonly #counts: number[];
  readonly #elements: Elements<E>;
  readonly #copiesMax: number;
  readonly #path: string;

  /** `keys` ascending, every count at least one. The arrays become the bag's own. `path` names the place in messages. */
  constructor(keys: string[], items: E[], counts: number[], elements: Elements<E>, copiesMax: number, path: string) {
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

  ofKind<K extends string>(kind: K): readonly OfKind<E, K>[] {
    return this.#items.filter((item): item is OfKind<E, K> => kindOf(item) === kind);
  }

  add(element: E): void {
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    const count = this.#keys[at] === key ? (this.#counts[at] ?? 0) : 0;
    if (count >= this.#copiesMax) throw tooManyCopies(this.#path, count + 1, this.#copiesMax);
    if (count > 0) {
      this.#counts[at] = count + 1;
      return;
    }
    this.#keys.splice(at, 0, key);
    this.#items.splice(at, 0, this.#elements.canonical(element));
    this.#counts.splice(at, 0, 1);
  }

  remove(element: E): void {
    const key = this.#elements.keyOf(element);
    const at = insertionPoint(this.#keys, key);
    const count = this.#counts[at];
    if (this.#keys[at] !== key || count === undefined) throw new SpecError("remove: the bag has no such element");
    if (count > 1) {
      this.#counts[at] = count - 1;
      return;
    }
    this.#keys.splice(at, 1);
    this.#items.splice(at, 1);
    this.#counts.splice(at, 1);
  }

  clear(): void {
    this.#keys.length = 0;
    this.#items.length = 0;
    this.#counts.length = 0;
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#items[Symbol.iterator]();
  }

  [structure](): string {
    const entries = this.#items.map((item, position) => `${structuralKey(item)}*${this.#counts[position]}`);
    return `bag{${entries.sort().join(",")}}`;
  }
}

export function tooManyCopies(path: string, copies: number, max: number): BoundError {
  return new BoundError(path, `a bag with ${copies} copies of one element`, `at most ${max} of each`);
}
