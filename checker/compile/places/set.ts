import {
  copied,
  type Elements,
  type FiniteSet,
  isOfKind,
  type OfKind,
  PlainSet,
  pathOf,
  type ReadonlyFiniteSet,
  type Structure,
  structure,
} from "../../../spec/lang/index.ts";
import type { BagShape, MaskShape } from "./shape.ts";
import { type Access, assign, bagOf, Located, type Slot } from "./slot.ts";

type Predicate = (element: unknown) => boolean;

/** What both kinds of sets share: everything that follows from the list of the elements. */
abstract class SetPlace extends Located implements FiniteSet<unknown>, Slot {
  abstract readonly size: number;
  abstract has(element: unknown): boolean;
  abstract add(element: unknown): void;
  abstract remove(element: unknown): void;
  abstract clear(): void;
  protected abstract readonly elements: Elements<unknown>;
  abstract [pathOf](): string;
  /** The elements in canonical order. */
  protected abstract items(): readonly unknown[];

  every(predicate: Predicate): boolean {
    return this.items().every((item) => predicate(item));
  }

  some(predicate: Predicate): boolean {
    return this.items().some((item) => predicate(item));
  }

  count(predicate: Predicate): number {
    return this.items().filter((item) => predicate(item)).length;
  }

  equals(other: ReadonlyFiniteSet<unknown>): boolean {
    return this.size === other.size && this.isSubsetOf(other);
  }

  isSubsetOf(other: ReadonlyFiniteSet<unknown>): boolean {
    return this.every((item) => other.has(item));
  }

  union(elements: Iterable<unknown>): ReadonlyFiniteSet<unknown> {
    return this.#value().union(elements);
  }

  minus(elements: Iterable<unknown>): ReadonlyFiniteSet<unknown> {
    return this.#value().minus(elements);
  }

  intersect(other: ReadonlyFiniteSet<unknown>): ReadonlyFiniteSet<unknown> {
    return this.#value().intersect(other);
  }

  filter(predicate: Predicate): ReadonlyFiniteSet<unknown> {
    return this.#value().filter(predicate);
  }

  ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<unknown, K>[] {
    return this.items().filter((item): item is OfKind<unknown, K> => isOfKind(item, kinds));
  }

  assign(elements: Iterable<unknown>): void {
    const items = [...elements];
    this.clear();
    for (const item of items) this.add(item);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.items()[Symbol.iterator]();
  }

  [structure](): Structure {
    return { kind: "set", parts: this.items() };
  }

  [assign](value: unknown): void {
    this.assign(value as Iterable<unknown>);
  }

  [copied](): unknown {
    return this.#value();
  }

  /** The set as a value of its own. */
  #value(): ReadonlyFiniteSet<unknown> {
    const items = this.items();
    const keys = items.map((item) => this.elements.keyOf(item));
    return new PlainSet(keys, items, this.elements)[copied]();
  }
}

/** A set of elements of a small domain: a bit for each of them. */
export class MaskPlace extends SetPlace {
  readonly #shape: MaskShape;

  constructor(shape: MaskShape, access: Access, cell: number, bag: number) {
    super(access, cell, bag);
    this.#shape = shape;
  }

  protected get elements(): Elements<unknown> {
    return this.#shape.elements;
  }

  [pathOf](): string {
    return this.#shape.path;
  }

  get size(): number {
    let size = 0;
    for (let i = 0; i < this.#shape.cells; i += 1) {
      for (let rest = this.access.rd(this.cell + i); rest !== 0; rest &= rest - 1) size += 1;
    }
    return size;
  }

  has(element: unknown): boolean {
    const bit = this.#bitOf(element);
    return this.access.rdb(this.cell + (bit >>> 5), bit & 31) === 1;
  }

  add(element: unknown): void {
    this.#put(element, 1);
  }

  remove(element: unknown): void {
    this.#put(element, 0);
  }

  clear(): void {
    this.requireEditable();
    for (let i = 0; i < this.#shape.cells; i += 1) this.access.wr(this.cell + i, 0);
  }

  protected items(): readonly unknown[] {
    const { cells, order, element } = this.#shape;
    const words = Array.from({ length: cells }, (_, i) => this.access.rd(this.cell + i));
    const members = order.filter((bit) => (((words[bit >>> 5] ?? 0) >>> (bit & 31)) & 1) === 1);
    return members.map((bit) => element.decode(bit + element.least));
  }

  #put(element: unknown, value: 0 | 1): void {
    this.requireEditable();
    const bit = this.#bitOf(element);
    this.access.wrb(this.cell + (bit >>> 5), bit & 31, value);
  }

  #bitOf(element: unknown): number {
    return this.#shape.element.encode(element) - this.#shape.element.least;
  }
}

/** A set of elements of a large domain: a bag with at most one copy of each. */
export class TableSetPlace extends SetPlace {
  readonly #shape: BagShape;

  constructor(shape: BagShape, access: Access, cell: number, bag: number) {
    super(access, cell, bag);
    this.#shape = shape;
  }

  protected get elements(): Elements<unknown> {
    return this.#shape.elements;
  }

  [pathOf](): string {
    return this.#shape.path;
  }

  get [bagOf](): number {
    return this.bag;
  }

  get size(): number {
    return this.access.size(this.bag);
  }

  has(element: unknown): boolean {
    return this.access.count(this.bag, this.#shape.numberOf(element)) > 0;
  }

  add(element: unknown): void {
    this.#put(element, 1);
  }

  remove(element: unknown): void {
    this.#put(element, 0);
  }

  clear(): void {
    this.requireEditable();
    this.access.clear(this.bag);
  }

  override ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<unknown, K>[] {
    const { search } = this.access;
    return search.isOn ? search.elementsOf(this.bag, kinds) : super.ofKind(...kinds);
  }

  protected items(): readonly unknown[] {
    return this.#shape.table.inOrder(this.access.numbers(this.bag));
  }

  #put(element: unknown, copies: 0 | 1): void {
    this.requireEditable();
    const number = this.#shape.numberOf(element);
    if (this.access.count(this.bag, number) !== copies) this.access.change(this.bag, number, copies);
  }
}
