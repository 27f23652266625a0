/** What a schema becomes: cells of a few bits each, in a fixed order, and bags of flyweights beside them. */
import type { Elements, Permutation } from "../../../spec/lang/index.ts";
import type { Flyweights } from "../flyweights.ts";
import type { Cell } from "./cells.ts";
import type { Access, Slot } from "./slot.ts";

interface Sized {
  /** Cells that a place of this shape takes. */
  readonly cells: number;
  /** Bags that it takes. */
  readonly bags: number;
}

/** All shapes but cells have places: `at` makes the one that begins with these numbers of a cell and a bag. */
interface Placed extends Sized {
  readonly at: (access: Access, cell: number, bag: number) => Slot;
}

interface CellShape extends Sized {
  readonly kind: "cell";
  readonly cell: Cell;
}

/** A field, and where in the record it begins. */
export interface Field {
  readonly name: string;
  readonly shape: Shape;
  readonly cell: number;
  readonly bag: number;
}

export interface RecordShape extends Placed {
  readonly kind: "record";
  readonly fields: readonly Field[];
  /** What records of this shape inherit. */
  readonly prototype: object;
}

export interface MapShape extends Placed {
  readonly kind: "map";
  readonly keys: readonly unknown[];
  readonly value: Shape;
  readonly path: string;
  /** A key as messages show it. */
  readonly textOf: (key: unknown) => string;
  /** What an author writes for the keys of a map literal. */
  readonly keysText: string;
  /** The position of a key from zero. Throws `BoundError` for a key outside the domain. */
  readonly positionOf: (key: unknown) => number;
  /** Where the key at a position goes when ids are renamed. */
  readonly imageOf: (position: number, permutation: Permutation) => number;
  /** A map with these values by position, as a value of its own. */
  readonly copyOf: (values: readonly unknown[]) => unknown;
}

/** A cell for the length, then one for each element; zero beyond the length. */
export interface SequenceShape extends Placed {
  readonly kind: "sequence";
  readonly element: Cell;
  readonly elements: Elements<unknown>;
  readonly max: number;
  readonly path: string;
}

/** One bit for each element of a small domain, 32 to a cell. */
export interface MaskShape extends Placed {
  readonly kind: "mask";
  readonly path: string;
  readonly element: Cell;
  readonly elements: Elements<unknown>;
  readonly size: number;
  /** The bits in the canonical order of their elements. */
  readonly order: readonly number[];
}

/** A bag (or, with one copy at most, a set) of flyweights. */
export interface BagShape extends Placed {
  readonly kind: "bag";
  readonly table: Flyweights;
  readonly elements: Elements<unknown>;
  /** The number of an element in the table. Throws `BoundError`. */
  readonly numberOf: (element: unknown) => number;
  readonly copies: number;
  readonly path: string;
}

export type Shape = CellShape | RecordShape | MapShape | SequenceShape | MaskShape | BagShape;

/** What an effect may leave in a cell when it ends. */
export interface CellRange {
  readonly bits: number;
  readonly least: number;
  readonly most: number;
  readonly table: Flyweights | null;
  readonly initial: number;
  /** True where each bit is a value of its own. */
  readonly isMask: boolean;
}

/** All cells and bags of a shape, in their order. */
export function flatten(shape: Shape): { readonly cells: readonly CellRange[]; readonly bags: readonly BagShape[] } {
  const cells: CellRange[] = [];
  const bags: BagShape[] = [];
  const visit = (at: Shape): void => {
    switch (at.kind) {
      case "cell":
        cells.push(rangeOf(at.cell));
        return;
      case "record":
        for (const field of at.fields) visit(field.shape);
        return;
      case "map":
        for (const _ of at.keys) visit(at.value);
        return;
      case "sequence":
        cells.push({ ...narrow(at.max), table: null, initial: 0, isMask: false });
        for (let i = 0; i < at.max; i += 1) cells.push({ ...rangeOf(at.element), initial: 0 });
        return;
      case "mask":
        for (let from = 0; from < at.size; from += 32) cells.push(maskRange(at.size - from));
        return;
      case "bag":
        bags.push(at);
    }
  };
  visit(shape);
  return { cells, bags };
}

function rangeOf({ least, most, table, initial }: Cell): CellRange {
  return least === 0 && most < 2 ** 31 - 1
    ? { ...narrow(most), table, initial, isMask: false }
    : { bits: 32, least, most, table, initial, isMask: false };
}

function narrow(most: number): Pick<CellRange, "bits" | "least" | "most"> {
  return { bits: 32 - Math.clz32(most), least: 0, most };
}

function maskRange(bits: number): CellRange {
  const range = bits >= 32 ? { bits: 32, least: -(2 ** 31), most: 2 ** 31 - 1 } : narrow(2 ** bits - 1);
  return { ...range, table: null, initial: 0, isMask: true };
}
