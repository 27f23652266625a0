/** What a schema becomes: cells of a few bits each, in a fixed order, and bags of flyweights beside them. */
import type { Cell } from "./cells.ts";
import type { Flyweights } from "./flyweights.ts";

interface Sized {
  /** Cells that a place of this shape takes. */
  readonly cells: number;
  /** Bags that it takes. */
  readonly bags: number;
}

interface CellShape extends Sized {
  readonly kind: "cell";
  readonly cell: Cell;
}

export interface RecordShape extends Sized {
  readonly kind: "record";
  /** The class of its view, as all shapes but cells have one. */
  readonly view: string;
  readonly fields: readonly { readonly name: string; readonly shape: Shape }[];
}

export interface MapShape extends Sized {
  readonly kind: "map";
  readonly view: string;
  readonly keys: readonly unknown[];
  readonly keyCell: Cell;
  readonly value: Shape;
}

/** A cell for the length, then one for each element; zero beyond the length. */
export interface SequenceShape extends Sized {
  readonly kind: "sequence";
  readonly view: string;
  readonly element: Cell;
  readonly max: number;
}

/** One bit for each element of a small domain, 32 to a cell. */
export interface MaskShape extends Sized {
  readonly kind: "mask";
  readonly view: string;
  readonly element: Cell;
  readonly size: number;
}

/** A bag (or, with one copy at most, a set) of flyweights. */
export interface BagShape extends Sized {
  readonly kind: "bag";
  readonly view: string;
  readonly table: Flyweights;
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
