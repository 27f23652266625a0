/**
 * Values as expressions of ITF, the interchange format of Apalache and Quint, and back. Ids are their names ("s1"),
 * enums are strings, options are `{ tag: "Some", value }` and `{ tag: "None", ... }`, unions are records with their
 * `kind`, bags are maps from element to copies. Parts that a model has switched off are left out.
 */

import { Misfit, readItf } from "./itf/read.ts";
import { writeItf } from "./itf/write.ts";
import { codecOf } from "./plain/codec.ts";
import { Reader, Writer } from "./plain/writer.ts";
import type { Schema } from "./schema.ts";

export { itfTypeOf } from "./itf/type.ts";

/** What JSON can hold, as ITF uses it. */
export type Itf = boolean | number | string | readonly Itf[] | { readonly [field: string]: Itf };

/** A value, or the place in the expression that does not fit the schema. */
export type FromItf =
  | { readonly ok: true; readonly value: unknown }
  | {
      readonly ok: false;
      /** From the value's root: `servers[s1].log[2].term`; empty for the root itself. */
      readonly path: string;
      readonly expected: string;
      readonly found: string;
    };

/** Equal expressions if and only if equal values: collections come in their canonical order. */
export function toItf(schema: Schema, value: unknown): Itf {
  return writeItf(schema, canonical(schema, value));
}

/** The value of an expression, as engines make them. The inverse of `toItf`, which also reads what other tools write. */
export function fromItf(schema: Schema, itf: unknown): FromItf {
  try {
    return { ok: true, value: canonical(schema, readItf(schema, itf, "")) };
  } catch (error) {
    if (!(error instanceof Misfit)) throw error;
    return { ok: false, path: error.path, expected: error.expected, found: error.found };
  }
}

/** Fresh and in canonical order. Throws `BoundError` where the value is none of the schema. */
function canonical(schema: Schema, value: unknown): unknown {
  const codec = codecOf(schema, "");
  const writer = new Writer();
  codec.write(value, writer, null);
  return codec.read(new Reader(writer.take()));
}
