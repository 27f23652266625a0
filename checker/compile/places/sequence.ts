import {
  copied,
  type Elements,
  literalPath,
  noElement,
  noElementAt,
  PlainSeq,
  pathOf,
  type ReadonlySeq,
  requireSub,
  requireTruncation,
  type Seq,
  type Structure,
  structure,
  tooLong,
} from "../../../spec/lang/index.ts";
import type { SequenceShape } from "./shape.ts";
import { type Access, assign, Located, type Slot } from "./slot.ts";

/** A sequence: a cell for its length, then one for each element. */
export class SequencePlace extends Located implements Seq<unknown>, Slot {
  readonly #shape: SequenceShape;

  constructor(shape: SequenceShape, access: Access, cell: number, bag: number) {
    super(access, cell, bag);
    this.#shape = shape;
  }

  get length(): number {
    return this.access.rd(this.cell);
  }

  get(index: number): unknown {
    const { length } = this;
    if (!isWithin(index, length)) throw noElementAt(this.#shape.path, `get(${index})`, index, length);
    return this.#at(index);
  }

  get first(): unknown {
    return this.#ofSome("first", 1);
  }

  get last(): unknown {
    return this.#ofSome("last", this.length);
  }

  #ofSome(asked: string, index: number): unknown {
    if (this.length === 0) throw noElement(this.#shape.path, asked);
    return this.#at(index);
  }

  sub(from: number, to: number): ReadonlySeq<unknown> {
    requireSub(this.#shape.path, from, to, this.length);
    const items: unknown[] = [];
    for (let index = from; index <= to; index += 1) items.push(this.#at(index));
    return this.#value(items, literalPath);
  }

  every(predicate: (element: unknown, index: number) => boolean): boolean {
    return this.#items().every((item, position) => predicate(item, position + 1));
  }

  some(predicate: (element: unknown, index: number) => boolean): boolean {
    return this.#items().some((item, position) => predicate(item, position + 1));
  }

  has(element: unknown): boolean {
    const code = this.#shape.element.encode(element);
    const { length } = this;
    for (let index = 1; index <= length; index += 1) if (this.access.rd(this.cell + index) === code) return true;
    return false;
  }

  equals(other: ReadonlySeq<unknown>): boolean {
    return this.length === other.length && this.isPrefixOf(other);
  }

  isPrefixOf(other: ReadonlySeq<unknown>): boolean {
    const { length } = this;
    if (length > other.length) return false;
    for (let index = 1; index <= length; index += 1) {
      if (this.access.rd(this.cell + index) !== this.#shape.element.encode(other.get(index))) return false;
    }
    return true;
  }

  push(element: unknown): void {
    this.requireEditable();
    const length = this.length + 1;
    this.#requireRoomFor(length);
    this.access.wr(this.cell + length, this.#shape.element.encode(element));
    this.access.wr(this.cell, length);
  }

  set(index: number, element: unknown): void {
    this.requireEditable();
    const { length } = this;
    if (!isWithin(index, length)) throw noElementAt(this.#shape.path, `set(${index}, ...)`, index, length);
    this.access.wr(this.cell + index, this.#shape.element.encode(element));
  }

  truncate(length: number): void {
    this.requireEditable();
    const present = this.length;
    requireTruncation(this.#shape.path, length, present);
    for (let index = length + 1; index <= present; index += 1) this.access.wr(this.cell + index, 0);
    this.access.wr(this.cell, length);
  }

  shift(): unknown {
    this.requireEditable();
    const { length } = this;
    const first = this.#ofSome("shift()", 1);
    for (let index = 1; index < length; index += 1)
      this.access.wr(this.cell + index, this.access.rd(this.cell + index + 1));
    this.access.wr(this.cell + length, 0);
    this.access.wr(this.cell, length - 1);
    return first;
  }

  assign(elements: Iterable<unknown>): void {
    const items = [...elements];
    this.clear();
    for (const item of items) this.push(item);
  }

  clear(): void {
    this.truncate(0);
  }

  [Symbol.iterator](): Iterator<unknown> {
    return this.#items()[Symbol.iterator]();
  }

  [pathOf](): string {
    return this.#shape.path;
  }

  [structure](): Structure {
    return { kind: "sequence", parts: this.#items() };
  }

  [assign](value: unknown): void {
    this.assign(value as Iterable<unknown>);
  }

  [copied](): unknown {
    return this.#value(this.#items(), this.#shape.path);
  }

  #at(index: number): unknown {
    return this.#shape.element.decode(this.access.rd(this.cell + index));
  }

  #items(): unknown[] {
    const items: unknown[] = [];
    const { length } = this;
    for (let index = 1; index <= length; index += 1) items.push(this.#at(index));
    return items;
  }

  /** What `sub` gives: a value of its own. */
  #value(items: readonly unknown[], path: string): ReadonlySeq<unknown> {
    const { elements, max } = this.#shape;
    return new PlainSeq(items, elements as Elements<unknown>, max, path)[copied]();
  }

  #requireRoomFor(length: number): void {
    const { max, path } = this.#shape;
    if (length > max) throw tooLong(path, length, max);
  }
}

function isWithin(index: number, length: number): boolean {
  return Number.isInteger(index) && index >= 1 && index <= length;
}
