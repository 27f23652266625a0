/** The vocabulary any spec is written in. */
export { cardinality } from "./cardinality.ts";
export type * from "./collections.ts";
export * from "./constants.ts";
export { AsymmetryError, BoundError, DeadDataError, SpecError } from "./errors.ts";
export { type Id, type IdSet, idOf, idSet, ordinalOf } from "./ids.ts";
export { type FromItf, fromItf, type Itf, itfTypeOf, toItf } from "./itf.ts";
export * from "./model.ts";
export { type Codec, codecOf } from "./plain/codec.ts";
export { kindOf, structuralKey, structure } from "./plain/elements.ts";
export { deepFreeze } from "./plain/interner.ts";
export { imageOf, type Permutation, permutationsOf } from "./plain/permutation.ts";
export { seq } from "./plain/seq.ts";
export { setOf } from "./plain/set.ts";
export { Reader, Writer } from "./plain/writer.ts";
export { presentFields } from "./present-fields.ts";
export * from "./protocol.ts";
export * from "./schema.ts";
export { valuesOf } from "./values.ts";
