import {
  type Bag,
  copied,
  isOfKind,
  noSuchElement,
  type OfKind,
  PlainBag,
  pathOf,
  type Structure,
  structure,
  tooManyCopies,
} from "../../../spec/lang/index.ts";
import type { BagShape } from "./shape.ts";
import { type Access, assign, bagOf, Located, type Slot } from "./slot.ts";

/** A bag: the numbers of its elements in their table, with the copies of each. */
export class BagPlace extends Located implements Bag<unknown>, Slot {
  readonly #shape: BagShape;

  constructor(shape: BagShape, access: Access, cell: number, bag: number) {
    super(access, cell, bag);
    this.#shape = shape;
  }

  get [bagOf](): number {
    return this.bag;
  }

  get size(): number {
    return this.access.size(this.bag);
  }

  copies(element: unknown): number {
    return this.access.count(this.bag, this.#shape.numberOf(element));
  }

  has(element: unknown): boolean {
    return this.copies(element) > 0;
  }

  every(predicate: (element: unknown) => boolean): boolean {
    return this.#items().every((item) => predicate(item));
  }

  some(predicate: (element: unknown) => boolean): boolean {
    return this.#items().some((item) => predicate(item));
  }

  ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<unknown, K>[] {
    const { search } = this.access;
    if (search.isOn) return search.elementsOf(this.bag, kinds);
    return this.#items().filter((item): item is OfKind<unknown, K> => isOfKind(item, kinds));
  }

  add(element: unknown): void {
    this.requireEditable();
    const number = this.#shape.numberOf(element);
    this.#put(number, this.access.count(this.bag, number) + 1, element);
  }

  remove(element: unknown): void {
    this.requireEditable();
    const number = this.#shape.numberOf(element);
    const copies = this.access.count(this.bag, number);
    if (copies === 0) throw noSuchElement(this.#shape.path, this.#shape.elements.textOf(element));
    this.#put(number, copies - 1, element);
  }

  clear(): void {
    this.requireEditable();
    this.access.clear(this.bag);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#items()[Symbol.iterator]();
  }

  [pathOf](): string {
    return this.#shape.path;
  }

  [structure](): Structure {
    return { kind: "bag", parts: this.#items().map((item) => [item, this.copies(item)] as const) };
  }

  [assign](value: unknown): void {
    const bag = value as Iterable<unknown> & { copies(element: unknown): number };
    const content = [...bag].map((item) => [item, bag.copies(item)] as const);
    this.clear();
    for (const [item, copies] of content) this.#put(this.#shape.numberOf(item), copies, item);
  }

  [copied](): unknown {
    const { elements, copies, path } = this.#shape;
    const items = this.#items();
    const keys = items.map((item) => elements.keyOf(item));
    const counts = items.map((item) => this.copies(item));
    return new PlainBag(keys, items, counts, elements, copies, path)[copied]();
  }

  /** The distinct elements in canonical order. */
  #items(): readonly unknown[] {
    return this.#shape.table.inOrder(this.access.numbers(this.bag));
  }

  #put(number: number, copies: number, element: unknown): void {
    const { copies: most, path, elements } = this.#shape;
    if (copies > most) throw tooManyCopies(path, copies, elements.textOf(element), most);
    this.access.change(this.bag, number, copies);
  }
}
