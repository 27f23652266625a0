import type { Schema } from "../schema.ts";
import { valuesOf } from "../values.ts";
import type { Interners } from "./interner.ts";

/** Every value of a finite schema in its canonical order, each the one object that the model has for it: keys and parameters. */
export function domainValues(schema: Schema, interners: Interners): readonly unknown[] {
  const interner = interners.of(schema);
  const keyed = [...valuesOf(schema)].map((value) => ({
    value: interner.canonical(value),
    key: interner.keyOf(value),
  }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : 1));
  return Object.freeze(keyed.map(({ value }) => value));
}
