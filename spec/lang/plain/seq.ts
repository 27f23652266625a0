import type { ReadonlySeq, Seq } from "../collections.ts";
import { BoundError } from "../errors.ts";
import { literalPath, noElement, noElementAt, pathOf, requireSub, requireTruncation } from "./collection-errors.ts";
import { copied, type Refusal, refuseChange, seal, valueNow } from "./editing.ts";
import { type Elements, looseElements } from "./elements.ts";
import { type Structure, structure } from "./structure.ts";

/** A sequence over a plain array, which is replaced and never changed: an iteration goes on over the one it began with. */
export class PlainSeq<E> implements Seq<E> {
  #items: readonly E[];
  readonly #elements: Elements<E>;
  readonly #max: number;
  readonly #path: string;
  #refusal: Refusal | null = null;

  /** `items` becomes the sequence's own. `path` names the place in messages about its bound. */
  constructor(items: readonly E[], elements: Elements<E>, max: number, path: string) {
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
    if (item === undefined) throw noElementAt(this.#path, `get(${index})`, index, this.length);
    return item;
  }

  get first(): E {
    return this.#ofSome("first", 1);
  }

  get last(): E {
    return this.#ofSome("last", this.length);
  }

  sub(from: number, to: number): ReadonlySeq<E> {
    requireSub(this.#path, from, to, this.length);
    const items = to < from ? [] : this.#items.slice(from - 1, to);
    return new PlainSeq(items, this.#elements, this.#max, literalPath);
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
    this.#requireEditable();
    this.#items = this.#with(this.#items, element);
  }

  set(index: number, element: E): void {
    this.#requireEditable();
    if (this.#items[index - 1] === undefined) throw noElementAt(this.#path, `set(${index}, ...)`, index, this.length);
    this.#items = this.#items.with(index - 1, this.#elements.canonical(element));
  }

  truncate(length: number): void {
    this.#requireEditable();
    requireTruncation(this.#path, length, this.length);
    this.#items = this.#items.slice(0, length);
  }

  shift(): E {
    this.#requireEditable();
    const element = this.#ofSome("shift()", 1);
    this.#items = this.#items.slice(1);
    return element;
  }

  assign(elements: Iterable<E>): void {
    this.#requireEditable();
    let items: readonly E[] = [];
    for (const element of [...elements]) items = this.#with(items, element);
    this.#items = items;
  }

  clear(): void {
    this.#requireEditable();
    this.#items = [];
  }

  [Symbol.iterator](): Iterator<E> {
    return this.#items[Symbol.iterator]();
  }

  [pathOf](): string {
    return this.#path;
  }

  [structure](): Structure {
    return { kind: "sequence", parts: this.#items };
  }

  [seal](refusal: Refusal): void {
    this.#refusal = refusal;
  }

  [copied](): ReadonlySeq<E> {
    const items = this.#items.map((item) => valueNow(item) as E);
    if (this.#refusal === "value" && items.every((item, at) => item === this.#items[at])) return this;
    const copy = new PlainSeq(items, this.#elements, this.#max, this.#path);
    copy[seal]("value");
    return copy;
  }

  /** The element, for what asks for one by another word than its position. */
  #ofSome(asked: string, index: number): E {
    if (this.length > 0) return this.get(index);
    throw noElement(this.#path, asked);
  }

  #with(items: readonly E[], element: E): readonly E[] {
    if (items.length >= this.#max) throw tooLong(this.#path, items.length + 1, this.#max);
    return [...items, this.#elements.canonical(element)];
  }

  #requireEditable(): void {
    if (this.#refusal !== null) refuseChange(this.#refusal);
  }
}

export function tooLong(path: string, length: number, max: number): BoundError {
  return new BoundError(path, `a sequence of ${length} elements`, `at most ${max} elements`);
}

/** A sequence literal: a value, in the order as written. */
export function seq<E>(...elements: readonly E[]): ReadonlySeq<E> {
  const literal = new PlainSeq([...elements], looseElements as Elements<E>, Number.POSITIVE_INFINITY, literalPath);
  literal[seal]("value");
  return literal;
}
