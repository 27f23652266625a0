import type { RecordSchema, Schema } from "./schema.ts";

/** The fields that the model has not switched off, in the order of their declaration. */
export function presentFields(schema: RecordSchema): readonly (readonly [name: string, field: Schema])[] {
  return Object.entries(schema.fields).filter(([, field]) => field.kind !== "absent");
}
