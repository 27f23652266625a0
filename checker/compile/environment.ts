import {
  BoundError,
  type IdSet,
  type Schema,
  SpecError,
  setOf,
  structuralKey,
  structure,
} from "../../spec/lang/index.ts";
import { Flyweights, type Registry } from "./flyweights.ts";

/** The values that generated code refers to by name: tables, error paths, the spec's own functions. */
export class Environment {
  readonly names: string[] = [];
  readonly values: unknown[] = [];
  /** All tables, by their index. */
  readonly tables: Flyweights[] = [];
  readonly #tables = new Map<string, { readonly name: string; readonly table: Flyweights }>();
  readonly #shapes = new Map<string, string>();
  readonly #idSets: IdSet[] = [];
  readonly #registry: Registry | null;

  constructor(registry: Registry | null) {
    this.#registry = registry;
    registry?.serve(this.tables);
  }

  /** Makes a value known to the generated code, and returns its name there. */
  add(value: unknown): string {
    const name = `E${this.names.length}`;
    this.names.push(name);
    this.values.push(value);
    return name;
  }

  /** An object that two schemas of this program share exactly where their words can be compared. */
  shape(schema: Schema): string {
    const shape = this.#shapeOf(schema);
    const known = this.#shapes.get(shape);
    if (known !== undefined) return known;
    const name = this.add(Object.freeze({ shape }));
    this.#shapes.set(shape, name);
    return name;
  }

  /** The table of a schema. Schemas of the same shape share one, so that their words can be compared. */
  flyweights(schema: Schema, path: string): { readonly name: string; readonly table: Flyweights } {
    const shape = this.#shapeOf(schema);
    const known = this.#tables.get(shape);
    if (known !== undefined) return known;
    const table = new Flyweights(schema, path, this.tables.length, this.#registry);
    this.tables.push(table);
    const made = { name: this.add(table), table };
    this.#tables.set(shape, made);
    return made;
  }

  /** Equal for schemas with the same values. Id sets are told apart by identity: two may have one prefix and one size. */
  #shapeOf(schema: Schema): string {
    return JSON.stringify(schema, (_, value: unknown) => (isIdSet(value) ? `set ${this.#numberOf(value)}` : value));
  }

  #numberOf(set: IdSet): number {
    const known = this.#idSets.indexOf(set);
    return known >= 0 ? known : this.#idSets.push(set) - 1;
  }

  outOfDomain(key: unknown): never {
    throw new SpecError(`the key ${String(key)} is outside the map's domain`);
  }

  outOfBounds(path: string, found: unknown, bound: string): never {
    throw new BoundError(path, String(found), bound);
  }
}

function isIdSet(value: unknown): value is IdSet {
  return Array.isArray(value) && "prefix" in value;
}

/** What every generated program may call. */
export const prelude = {
  whole(value: unknown, fail: (value: unknown) => never): number {
    return typeof value === "number" && (value | 0) === value ? value : fail(value);
  },
  ranged(value: unknown, min: number, max: number, fail: (value: unknown) => never): number {
    return typeof value === "number" && (value | 0) === value && value >= min && value <= max ? value : fail(value);
  },
  enumCode(value: unknown, names: readonly string[], slow: (value: unknown) => number): number {
    for (let code = 0; code < names.length; code += 1) if (names[code] === value) return code;
    return slow(value);
  },
  place(key: unknown, first: number, length: number, fail: (key: unknown) => never): number {
    return typeof key === "number" && (key | 0) === key && key >= first && key < first + length
      ? key - first
      : fail(key);
  },
  /** The code of an option's value, from the code of the value alone. */
  optional(code: number): number {
    return code < 0 ? code : code + 1;
  },
  bits(word: number): number {
    let count = 0;
    for (let rest = word; rest !== 0; rest &= rest - 1) count += 1;
    return count;
  },
  fail(message: string): never {
    throw new SpecError(message);
  },
  overflow(path: string, found: string, bound: string): never {
    throw new BoundError(path, found, bound);
  },
  noIndex(index: unknown, length: number): never {
    throw new SpecError(`index ${String(index)} is outside the sequence, which has length ${length}`);
  },
  noSub(from: number, to: number, length: number): never {
    throw new SpecError(`sub(${from}, ${to}) reaches outside the sequence, which has length ${length}`);
  },
  noTruncate(length: number, present: number): never {
    throw new SpecError(`truncate(${length}) of a sequence that has length ${present}`);
  },
  setOf,
  structure,
  structuralKey,
};
