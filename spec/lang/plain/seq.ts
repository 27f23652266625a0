import type { ReadonlySeq, Seq } from "../collections.ts";
import { BoundError, SpecError } from "../errors.ts";
import { type Elements, looseElements, structuralKey, structure } from "./elements.ts";

/** A sequence over a plain array. */
export class PlainSeq<E> implements Seq<E> {
  readonly #items: E[];
  readonly #elements: Elements<E>;
  readonly #max: number;
  readonly #path: string;

  /** `items` becomes the sequence's own. `path` names the place in messages about its bound. */
  constructor(items: E[], elements: Elements<E>, max: number, path: string) {
    this.#items = items;
    this.#elements = elements;
    this.#max = max;
    this.#path = path;
  }

  get length(): number {
    return this.#items.length;
  }

  get(index: number): E {
    const item = this.#items[index - 1];
    if (item === undefined)
      throw new SpecError(`index ${index} is outside the sequence, which has length ${this.length}`);
    return item;
  }

  get first(): E {
    return this.get(1);
  }

  get last(): E {
    return this.get(this.length);
  }

  sub(from: number, to: number): ReadonlySeq<E> {
    if (to >= from && (from < 1 || to > this.length)) {
      throw new SpecError(`sub(${from}, ${to}) reaches outside the sequence, which has length ${this.length}`);
    }
    return new PlainSeq(
      this.#items.slice(Math.max(0, from - 1), Math.max(0, to)),
      this.#elements,
      this.#max,
      this.#path,
    );
  }

  every(predicate: (element: E, index: number) => boolean): boolean {
    return this.#items.every((item, position) => predicate(item, position + 1));
  }

  some(predicate: (element: E, index: number) => boolean): boolean {
    return this.#items.some((item, position) => predicate(item, position + 1));
  }

  has(element: E): boolean {
    const key = this.#elements.keyOf(element);
    return this.#items.some((item) => this.#elements.keyOf(item) === key);
  }

  equals(other: ReadonlySeq<E>): boolean {
    return this.length === other.length && this.isPrefixOf(other);
  }

  isPrefixOf(other: ReadonlySeq<E>): boolean {
    if (this.length > other.length) return false;
    return this.every((item, index) => this.#elements.keyOf(item) === this.#elements.keyOf(other.get(index)));
  }

  push(element: E): void {
    if (this.length >= this.#max) throw tooLong(this.#path, this.length + 1, this.#max);
    this.#items.push(this.#elements.canonical(element));
  }

  set(index: number, element: E): void {
    this.get(index);
    this.#items[index - 1] = this.#elements.canonical(element);
  }

  truncate(length: number): void {
    if (length < 0 || length > this.length) {
      throw new SpecError(`truncate(${length}) of a sequence that has length ${this.length}`);
    }
    this.#items.length = length;
  }

  shift(): E {
    const element = this.first;
    this.#items.shift();
    return element;
  }

  assign(elements: Iterable<E>): void {
    const copy = [...elements];
    this.clear();
    for (const element of copy) this.push(element);
  }

  clear(): void {
    this.#items.length = 0;
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#items[Symbol.iterator]();
  }

  [structure](): string {
    return `[${this.#items.map(structuralKey).join(",")}]`;
  }
}

export function tooLong(path: string, length: number, max: number): BoundError {
  return new BoundError(path, `a sequence of ${length} elements`, `at most ${max} elements`);
}

/** A sequence literal. */
export function seq<E>(...elements: readonly E[]): ReadonlySeq<E> {
  return new PlainSeq([...elements], looseElements as Elements<E>, Number.POSITIVE_INFINITY, "a literal");
}
