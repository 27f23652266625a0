/** The vocabulary any spec is written in. */
export type * from "./collections.ts";
export * from "./constants.ts";
export {
  AsymmetryError,
  BoundError,
  DeadDataError,
  DeclarationError,
  MissingElementError,
  SpecError,
  SwitchedOffError,
} from "./errors.ts";
export { type Id, type IdSet, idOf, idSet, ordinalOf } from "./ids.ts";
export { initially } from "./initial.ts";
export { type FromItf, fromItf, type Itf, itfTypeOf, toItf } from "./itf.ts";
export * from "./model.ts";
export { bagOf } from "./operators/bags.ts";
export { argmax, argmin, choose, chooseUnique, first, max, min, sum } from "./operators/choices.ts";
export { equal } from "./operators/equality.ts";
export { entriesOf, mapOf, setEach } from "./operators/maps.ts";
export { commonPrefix } from "./operators/sequences.ts";
export { mapped, permutations, range, subsets, unionOf } from "./operators/sets.ts";
export { Assignments } from "./plain/assignments.ts";
export { PlainBag, tooManyCopies } from "./plain/bag.ts";
export { type Codec, codecOf, newInterners, prototypeWithAbsent } from "./plain/codec.ts";
export { domainOf } from "./plain/collection-codecs.ts";
export {
  literalPath,
  noElement,
  noElementAt,
  noSuchElement,
  pathOf,
  requireSub,
  requireTruncation,
} from "./plain/collection-errors.ts";
export { domainValues } from "./plain/domain-values.ts";
export { copied, deepFreeze, protect, type Refusal, refuseChange, seal, valueNow } from "./plain/editing.ts";
export { type Elements, isOfKind, kindOf } from "./plain/elements.ts";
export { type Interner, Interners } from "./plain/interner.ts";
export { PlainMap, requireKeys } from "./plain/map.ts";
export { imageOf, type Permutation, permutationsOf, renamingsMax } from "./plain/permutation.ts";
export { PlainSeq, seq, tooLong } from "./plain/seq.ts";
export { PlainSet, setOf } from "./plain/set.ts";
export { type Structure, structuralKey, structure } from "./plain/structure.ts";
export { described } from "./plain/value-text.ts";
export { Reader, Writer } from "./plain/writer.ts";
export { presentFields } from "./present-fields.ts";
export type {
  AlwaysEventually,
  AlwaysEventuallyDeclaration,
  Invariant,
  InvariantDeclaration,
  LeadsTo,
  LeadsToDeclaration,
  OnlyByDeclaration,
  Property,
  Reachable,
  ReachableDeclaration,
  ReachableStepDeclaration,
  StepInvariant,
  StepInvariantDeclaration,
} from "./properties.ts";
export * from "./protocol.ts";
export * from "./schema.ts";
export { cardinality, valuesOf } from "./values.ts";
