import { copied, type FixedMap, requireKeys, type Structure, structure, valueNow } from "../../../spec/lang/index.ts";
import type { MapShape } from "./shape.ts";
import { type Access, assign, Located, move, type Slot } from "./slot.ts";

/** The values that an iteration began with, as far as they were replaced since, by position. */
type Kept = Map<number, unknown>;

/** A map: cells or places, one for each key. */
export class MapPlace extends Located implements FixedMap<unknown, unknown, unknown>, Slot {
  readonly #shape: MapShape;
  /** The places of the values; empty where these are cells. */
  readonly #slots: Slot[] = [];
  /** By position, the run of the spec's function in which the place was last handed out. */
  readonly #handedOut: number[] = [];
  readonly #iterations: Kept[] = [];

  constructor(shape: MapShape, access: Access, cell: number, bag: number) {
    super(access, cell, bag);
    this.#shape = shape;
    const { keys, value } = shape;
    if (value.kind === "cell") return;
    for (let i = 0; i < keys.length; i += 1)
      this.#slots.push(value.at(access, cell + i * value.cells, bag + i * value.bags));
  }

  get(key: unknown): unknown {
    return this.#at(this.#positionOf(key));
  }

  set(key: unknown, value: unknown): void {
    this.requireEditable();
    const position = this.#positionOf(key);
    // What is replaced may be part of the value.
    const now = this.#slots.length === 0 ? value : valueNow(value);
    this.#put(position, now);
  }

  fill(value: unknown): void {
    this.requireEditable();
    const now = this.#slots.length === 0 ? value : valueNow(value);
    for (let i = 0; i < this.keys().length; i += 1) this.#put(i, now);
  }

  assign(values: unknown): void {
    this.requireEditable();
    const now = this.#slots.length === 0 ? values : valueNow(values);
    requireKeys(now, this.#shape);
    const content = this.keys().map((key) => (now as { get(key: unknown): unknown }).get(key));
    content.forEach((value, i) => {
      this.#put(i, value);
    });
  }

  every(predicate: (value: unknown, key: unknown) => boolean): boolean {
    return !this.#finds((value, key) => !predicate(value, key));
  }

  some(predicate: (value: unknown, key: unknown) => boolean): boolean {
    return this.#finds(predicate);
  }

  count(predicate: (value: unknown, key: unknown) => boolean): number {
    let count = 0;
    this.#finds((value, key) => {
      if (predicate(value, key)) count += 1;
      return false;
    });
    return count;
  }

  keys(): readonly unknown[] {
    return this.#shape.keys;
  }

  [structure](): Structure {
    return { kind: "map", parts: this.keys().map((key, i) => [key, this.#at(i)] as const) };
  }

  [assign](value: unknown): void {
    requireKeys(value, this.#shape);
    const content = value as { get(key: unknown): unknown };
    this.keys().forEach((key, i) => {
      const slot = this.#slots[i];
      if (slot === undefined) this.#putCode(i, content.get(key));
      else slot[assign](content.get(key));
    });
  }

  override [move](cell: number, bag: number): void {
    super[move](cell, bag);
    const { cells, bags } = this.#shape.value;
    this.#slots.forEach((slot, i) => {
      slot[move](cell + i * cells, bag + i * bags);
    });
  }

  [copied](): unknown {
    return this.#shape.copyOf(this.keys().map((_, i) => valueNow(this.#at(i))));
  }

  #positionOf(key: unknown): number {
    return this.#shape.positionOf(key);
  }

  #at(position: number): unknown {
    const { value } = this.#shape;
    if (value.kind === "cell") return value.cell.decode(this.access.rd(this.cell + position));
    this.#handedOut[position] = this.access.run;
    return this.#slots[position]?.place;
  }

  /** Whether some value satisfies the predicate, of those that the map has now. */
  #finds(predicate: (value: unknown, key: unknown) => boolean): boolean {
    const kept: Kept = new Map();
    this.#iterations.push(kept);
    try {
      const keys = this.keys();
      for (let i = 0; i < keys.length; i += 1) {
        if (predicate(kept.has(i) ? kept.get(i) : this.#at(i), keys[i])) return true;
      }
      return false;
    } finally {
      this.#iterations.splice(this.#iterations.indexOf(kept), 1);
    }
  }

  #put(position: number, value: unknown): void {
    for (const kept of this.#iterations) if (!kept.has(position)) kept.set(position, this.#at(position));
    if (this.#slots.length === 0) this.#putCode(position, value);
    else this.#slotFor(position)[assign](value);
  }

  #putCode(position: number, value: unknown): void {
    const { value: shape } = this.#shape;
    if (shape.kind === "cell") this.access.wr(this.cell + position, shape.cell.encode(value));
  }

  /** The slot to be written: a new one where the spec may still hold the place that is there. */
  #slotFor(position: number): Slot {
    const { value } = this.#shape;
    const slot = this.#slots[position];
    if (slot === undefined || value.kind === "cell") throw new RangeError(`the map has no place ${position}`);
    if (this.#handedOut[position] !== this.access.run) return slot;
    const cell = this.cell + position * value.cells;
    const bag = this.bag + position * value.bags;
    const kept = this.access.keep(cell, value.cells, bag, value.bags);
    slot[move](kept.cell, kept.bag);
    const fresh = value.at(this.access, cell, bag);
    this.#slots[position] = fresh;
    this.#handedOut[position] = -1;
    return fresh;
  }
}
