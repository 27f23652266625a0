import { copied, refuseChange, valueNow } from "../../../spec/lang/index.ts";
import type { Cell } from "./cells.ts";
import type { RecordShape } from "./shape.ts";
import { type Access, assign, move, type Slot } from "./slot.ts";

/** A record: an object of accessors, one for each field, that are its own and are enumerated, like fields. */
export class RecordSlot implements Slot {
  readonly place: object;
  readonly #shape: RecordShape;
  readonly #access: Access;
  #cell: number;
  #isReplaced = false;
  /** The places inside, by the position of their field. */
  readonly #inner: (Slot | null)[] = [];

  constructor(shape: RecordShape, access: Access, cell: number, bag: number) {
    this.#shape = shape;
    this.#access = access;
    this.#cell = cell;
    this.place = Object.create(shape.prototype) as object;
    for (const { name, shape: field, cell: from, bag: bagFrom } of shape.fields) {
      if (field.kind === "cell") {
        this.#inner.push(null);
        this.#defineScalar(name, from, field.cell);
        continue;
      }
      const inner = field.at(access, cell + from, bag + bagFrom);
      this.#inner.push(inner);
      Object.defineProperty(this.place, name, { value: inner.place, enumerable: true });
    }
    Object.defineProperty(this.place, copied, { value: () => this[copied]() });
  }

  #defineScalar(name: string, from: number, cell: Cell): void {
    Object.defineProperty(this.place, name, {
      get: () => this.#read(this.#cell + from, cell),
      set: (value: unknown) => this.#write(this.#cell + from, cell, value),
      enumerable: true,
    });
  }

  #read(at: number, cell: Cell): unknown {
    const { strays } = this.#access;
    const stray = strays.size === 0 ? undefined : strays.get(at);
    return stray === undefined ? cell.decode(this.#access.rd(at)) : stray.value;
  }

  /** A scalar may be out of range until the effect ends; what is larger is checked at once. */
  #write(at: number, cell: Cell, value: unknown): void {
    if (this.#isReplaced) refuseChange("replaced");
    if (cell.isScalar && !isCode(cell, value)) {
      this.#access.strays.set(at, { value, encode: cell.encode });
      return;
    }
    this.#access.wr(at, cell.encode(value));
  }

  [assign](value: unknown): void {
    const content = value as Readonly<Record<string, unknown>>;
    this.#shape.fields.forEach(({ name, shape: field, cell: from }, position) => {
      const inner = this.#inner[position];
      if (inner !== null && inner !== undefined) inner[assign](content[name]);
      else if (field.kind === "cell") this.#access.wr(this.#cell + from, field.cell.encode(content[name]));
    });
  }

  [move](cell: number, bag: number): void {
    this.#cell = cell;
    this.#isReplaced = true;
    this.#shape.fields.forEach(({ cell: from, bag: bagFrom }, position) => {
      this.#inner[position]?.[move](cell + from, bag + bagFrom);
    });
  }

  [copied](): unknown {
    const copy: object = Object.create(this.#shape.prototype) as object;
    for (const [name, value] of Object.entries(this.place))
      Object.defineProperty(copy, name, { value: valueNow(value), enumerable: true });
    return Object.freeze(copy);
  }
}

/** False for what has no code, and for -0, which is kept as it is until the effect ends. */
function isCode(cell: Cell, value: unknown): boolean {
  if (Object.is(value, -0)) return false;
  try {
    cell.encode(value);
    return true;
  } catch {
    return false;
  }
}
