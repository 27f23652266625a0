/**
 * Places: what a spec sees of some cells and bags of a packed state. A record is an object with an accessor for each of its
 * fields; a collection is an object of a class of its own. What the engine asks of a place goes by symbols, so that no name
 * that an author gives to a field can meet a name of the engine's.
 */
import { type copied, refuseChange, SpecError } from "../../../spec/lang/index.ts";
import type { Pretence } from "../pretence.ts";

/** Writes the content of a value of any origin. Throws `BoundError`. */
export const assign: unique symbol = Symbol("assign");
/** Another place comes where this one was: from now on it is what it was, elsewhere, and may not be changed. */
export const move: unique symbol = Symbol("move");
/** The number of the bag that a place is. */
export const bagOf: unique symbol = Symbol("bagOf");

/** The engine's side of a place. */
export interface Slot {
  /** What the spec sees. */
  readonly place: object;
  [assign](value: unknown): void;
  [move](cell: number, bag: number): void;
  [copied](): unknown;
}

/** How places reach cells and bags. */
export interface Access {
  /** The code in a cell. */
  rd(cell: number): number;
  wr(cell: number, code: number): void;
  /** One bit of a cell that is a mask. */
  rdb(cell: number, bit: number): number;
  wrb(cell: number, bit: number, value: number): void;
  /** Elements of a bag, copies counted. */
  size(bag: number): number;
  /** Copies of the flyweight with this number. */
  count(bag: number, number: number): number;
  /** Makes it this many copies; `count` was asked before. */
  change(bag: number, number: number, copies: number): void;
  /** The numbers of all elements, in any order. */
  numbers(bag: number): number[];
  clear(bag: number): void;
  /** Another number whenever a function of the spec is run. */
  readonly run: number;
  /** The values of cells that an effect has left out of range, until it ends. */
  readonly strays: Map<number, Stray>;
  /** Keeps so many cells and bags as they are now, until the run ends. Returns where. */
  keep(cell: number, cells: number, bag: number, bags: number): { readonly cell: number; readonly bag: number };
  /** While it is on, bags that are enumerated give marks instead of their elements. */
  readonly search: Pretence;
}

/** A value that a cell cannot hold, and how to turn it into a code after all where that is possible. */
export interface Stray {
  readonly value: unknown;
  readonly encode: (value: unknown) => number;
}

/**
 * What all places of collections have: where they begin, and that they may be replaced. All of it is private, so that a
 * place has no fields of its own.
 */
export class Located {
  readonly #access: Access;
  #cell: number;
  #bag: number;
  #isReplaced = false;

  constructor(access: Access, cell: number, bag: number) {
    this.#access = access;
    this.#cell = cell;
    this.#bag = bag;
  }

  get place(): object {
    return this;
  }

  protected get access(): Access {
    return this.#access;
  }

  protected get cell(): number {
    return this.#cell;
  }

  protected get bag(): number {
    return this.#bag;
  }

  [move](cell: number, bag: number): void {
    this.#cell = cell;
    this.#bag = bag;
    this.#isReplaced = true;
  }

  protected requireEditable(): void {
    if (this.#isReplaced) refuseChange("replaced");
  }
}

/** Asks for the bag behind a place of a set or bag. Throws `SpecError` for anything else. */
export function bagBehind(place: unknown): number {
  if (typeof place === "object" && place !== null && bagOf in place) return (place as { [bagOf]: number })[bagOf];
  throw new SpecError("dead elements are those of a set or bag with a large domain");
}
