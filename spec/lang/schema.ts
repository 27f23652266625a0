/**
 * Schemas: finite types that exist at run time, so that a checker knows the layout of a state, and at compile time,
 * so that guards and effects are type-checked against it.
 *
 * Every schema carries two TypeScript types. `View` is what a guard, a property or a message literal sees: immutable.
 * `Draft` is what an effect sees: scalar fields are assigned, collections are changed through their methods.
 */
import type {
  Bag,
  FiniteSet,
  FixedMap,
  ReadonlyBag,
  ReadonlyFiniteSet,
  ReadonlyFixedMap,
  ReadonlySeq,
  Seq,
} from "./collections.ts";
import { DeclarationError } from "./errors.ts";
import type { Id, IdSet } from "./ids.ts";
import { refuseLostName } from "./names.ts";

/** The value that a field begins with, where the schema declares one. */
export interface Initial {
  readonly value: unknown;
  /** Equal exactly where the values are: what is compared where schemas are. */
  readonly text: string;
}

interface Typed<View, Draft> {
  /** Declared by `initially`. Absent: smallest, first, `null`, empty. */
  readonly initial?: Initial;
  /** Type only: never present at run time. */
  readonly viewType?: View;
  /** Type only: never present at run time. */
  readonly draftType?: Draft;
}

export interface BooleanSchema extends Typed<boolean, boolean> {
  readonly kind: "boolean";
}

/** The integers `min..max`, both included. */
export interface IntegerSchema extends Typed<number, number> {
  readonly kind: "integer";
  readonly min: number;
  readonly max: number;
}

export interface EnumSchema<Name extends string = string> extends Typed<Name, Name> {
  readonly kind: "enum";
  readonly names: readonly Name[];
}

export interface IdSchema<Name extends string = string> extends Typed<Id<Name>, Id<Name>> {
  readonly kind: "id";
  readonly set: IdSet<Name>;
}

/** `null` or a value of `some`. */
export interface OptionSchema<View = unknown> extends Typed<View | null, View | null> {
  readonly kind: "option";
  readonly some: Schema<View>;
}

export interface RecordSchema<View = unknown, Draft = unknown> extends Typed<View, Draft> {
  readonly kind: "record";
  readonly fields: Readonly<Record<string, Schema>>;
}

/** A total function from a finite domain. */
export interface MapSchema<View = unknown, Draft = unknown> extends Typed<View, Draft> {
  readonly kind: "map";
  readonly keys: Schema;
  readonly values: Schema;
}

/** A sequence of at most `max` elements. */
export interface SequenceSchema<Element = unknown> extends Typed<ReadonlySeq<Element>, Seq<Element>> {
  readonly kind: "sequence";
  readonly element: Schema<Element>;
  readonly max: number;
}

export interface SetSchema<Element = unknown> extends Typed<ReadonlyFiniteSet<Element>, FiniteSet<Element>> {
  readonly kind: "set";
  readonly element: Schema<Element>;
}

/** A multiset with at most `copies` of each element. */
export interface BagSchema<Element = unknown> extends Typed<ReadonlyBag<Element>, Bag<Element>> {
  readonly kind: "bag";
  readonly element: Schema<Element>;
  readonly copies: number;
}

/** A tagged union; the tag is the field `kind`. */
export interface UnionSchema<View = unknown> extends Typed<View, View> {
  readonly kind: "union";
  readonly cases: Readonly<Record<string, RecordSchema>>;
}

/** A part of the state that the model has switched off: it has no values and takes no room. */
export interface AbsentSchema<View = unknown, Draft = unknown> extends Typed<View, Draft> {
  readonly kind: "absent";
}

type AnyKind =
  | BooleanSchema
  | IntegerSchema
  | EnumSchema
  | IdSchema
  | OptionSchema
  | RecordSchema
  | MapSchema
  | SequenceSchema
  | SetSchema
  | BagSchema
  | UnionSchema
  | AbsentSchema;

/** Any schema whose values are seen as `View` and edited as `Draft`. */
export type Schema<View = unknown, Draft = unknown> = Typed<View, Draft> & { readonly kind: AnyKind["kind"] };

/** The schema as a closed union, for code that walks schemas. */
export type SchemaNode = AnyKind;

/** The closed union behind a schema. Sound because this file holds every constructor of schemas. */
export function nodeOf(schema: Schema): SchemaNode {
  return schema as SchemaNode;
}

/** The immutable type of a schema's values. */
export type ViewOf<S> = S extends Typed<infer View, unknown> ? View : never;
/** The editable type of a schema's values. */
export type DraftOf<S> = S extends Typed<unknown, infer Draft> ? Draft : never;

type Fields = Readonly<Record<string, Schema>>;
type ScalarKind = "boolean" | "integer" | "enum" | "id" | "option" | "union";
type ScalarFields<F extends Fields> = { [K in keyof F]: F[K]["kind"] extends ScalarKind ? K : never }[keyof F];

/** A record as a guard sees it. */
export type RecordView<F extends Fields> = { readonly [K in keyof F]: ViewOf<F[K]> };
/** A record as an effect sees it: scalars are assigned, places inside it are edited in place. */
export type RecordDraft<F extends Fields> = { [K in ScalarFields<F>]: ViewOf<F[K]> } & {
  readonly [K in Exclude<keyof F, ScalarFields<F>>]: DraftOf<F[K]>;
};

export function boolean(): BooleanSchema {
  return { kind: "boolean" };
}

/** The integers `min..max`, both included. Leaving the range is an error with action, field and bound named. */
export function integer(min: number, max: number): IntegerSchema {
  if (!Number.isSafeInteger(min) || !Number.isSafeInteger(max)) {
    throw new DeclarationError(
      `integer(${min}, ${max}): both bounds must be whole numbers`,
      "Write whole numbers for both, such as integer(0, 2).",
    );
  }
  if (max < min) {
    throw new DeclarationError(
      `integer(${min}, ${max}): the range is empty`,
      "Make the first bound no greater than the second, such as integer(0, 2).",
    );
  }
  if (max - min > 0xffffffff) {
    throw new DeclarationError(
      `integer(${min}, ${max}): the range has more than 2^32 values`,
      "Write bounds that are closer together: a search cannot visit so many values.",
    );
  }
  // -0 is 0.
  return { kind: "integer", min: min + 0, max: max + 0 };
}

/** One of these names. */
export function oneOf<const Name extends string>(...names: readonly Name[]): EnumSchema<Name> {
  if (names.length === 0) {
    const tryThis = 'Write the names that the field can have, such as oneOf("idle", "busy").';
    throw new DeclarationError("oneOf(): there is no name, so the field has no value", tryThis);
  }
  const twice = names.find((name, position) => names.indexOf(name) !== position);
  if (twice !== undefined) {
    throw new DeclarationError(`oneOf(${names.join(", ")}): the name ${twice} is given twice`, "Write each name once.");
  }
  return { kind: "enum", names };
}

/** One member of an id set. */
export function id<Name extends string>(set: IdSet<Name>): IdSchema<Name> {
  if (set.length === 0) {
    throw new DeclarationError(
      `id(${set.prefix}): the id set is empty, so the field has no value`,
      "Give an id set of the constants, such as id(c.Server).",
    );
  }
  return { kind: "id", set };
}

/** `null` or a value. */
export function option<View>(some: Schema<View>): OptionSchema<View> {
  if (some.kind === "option") {
    throw new DeclarationError(
      "option(option(...)): null would have two meanings",
      "Write option(...) once, or a union with a kind for each meaning, such as union({ Unknown: {}, Absent: {}, Known: { ... } }).",
    );
  }
  return { kind: "option", some };
}

export function record<F extends Fields>(
  fields: F,
): RecordSchema<RecordView<F>, RecordDraft<F>> & { readonly fields: F } {
  refuseLostName(fields, "record");
  return { kind: "record", fields };
}

/** A value of `values` for every value of the finite `keys`. */
export function map<Key, View, Draft extends View>(
  keys: Schema<Key>,
  values: Schema<View, Draft>,
): MapSchema<ReadonlyFixedMap<Key, View>, FixedMap<Key, View, Draft>> {
  return { kind: "map", keys, values };
}

/** A sequence of at most `max` elements, counted from one. Pushing past `max` is an error. */
export function sequence<Element>(element: Schema<Element>, max: number): SequenceSchema<Element> {
  if (!Number.isInteger(max) || max < 0) {
    throw new DeclarationError(
      `sequence(..., ${max}): the greatest length must be a whole number from 0`,
      "Write the number of elements that the sequence has at most, such as sequence(integer(0, 2), 3).",
    );
  }
  return { kind: "sequence", element, max };
}

/** A set of values of `element`. */
export function set<Element>(element: Schema<Element>): SetSchema<Element> {
  return { kind: "set", element };
}

/** A multiset with at most `copies` of each value (one unless told). Adding past `copies` is an error. */
export function bag<Element>(element: Schema<Element>, options: { readonly copies?: number } = {}): BagSchema<Element> {
  const { copies = 1 } = options;
  if (!Number.isInteger(copies) || copies < 1) {
    throw new DeclarationError(
      `bag(..., { copies: ${copies} }): the greatest number of copies must be a whole number from 1`,
      "Write { copies: 1 } or more, or no options: then the bag takes one copy.",
    );
  }
  return { kind: "bag", element, copies };
}

type UnionView<Cases extends Readonly<Record<string, Fields>>> = {
  [K in keyof Cases]: { readonly kind: K } & RecordView<Cases[K]>;
}[keyof Cases];

/** A tagged union of records: `union({ Ping: { from: ... }, Pong: { ... } })` has values `{ kind: "Ping", from: ... }`. */
export function union<const Cases extends Readonly<Record<string, Fields>>>(
  cases: Cases,
): UnionSchema<UnionView<Cases>> {
  refuseLostName(cases, "union");
  const records = Object.entries(cases).map(([kind, fields]) => {
    if (Object.hasOwn(fields, "kind")) {
      throw new DeclarationError(
        `union: the kind ${kind} has a field named kind, but the field kind already holds the name "${kind}"`,
        "Write another name for the field.",
      );
    }
    refuseLostName(fields, `union: the kind ${kind}`);
    return [kind, { kind: "record", fields } as const] as const;
  });
  if (records.length === 0) {
    const tryThis = "Write the kinds with their fields, such as union({ Ping: { from: id(c.Server) }, Pong: {} }).";
    throw new DeclarationError("union({}): there is no kind, so the field has no value", tryThis);
  }
  return { kind: "union", cases: Object.fromEntries(records) };
}

/**
 * The kinds of a union that belong to an optional part: `union({ Ping: {}, ...kinds(c.votes, { Vote: { by: id(c.Server) } }) })`.
 * Where `on` is false no value has these kinds.
 */
export function kinds<const Cases extends Readonly<Record<string, Fields>>>(on: boolean, cases: Cases): Cases {
  return on ? cases : ({} as Cases);
}

/**
 * An optional part of the state. Where `on` is false the part has no values, takes no room, and reading it is an
 * error: guard every use with the same constant.
 */
export function part<S extends Schema>(on: boolean, schema: S): S {
  const absent: Schema = { kind: "absent" };
  return on ? schema : (absent as S);
}
