/**
 * Ids are scalarsets: names that may be compared for equality and nothing else. A spec that neither orders ids nor
 * computes with them treats every one of them alike, and that is what makes symmetry reduction sound.
 */

declare const idBrand: unique symbol;

/** One member of the id set `Name`. Opaque: its only operations are `===`, `!==` and being a key or an element. */
export interface Id<Name extends string = string> {
  readonly [idBrand]: Name;
}

/** All ids of one set, in a fixed order. `prefix` and position give the printed names: `s1`, `s2`, ... */
export interface IdSet<Name extends string = string> extends ReadonlyArray<Id<Name>> {
  readonly prefix: Name;
  /** The name of the constant that it is; null for a set that no protocol declares. */
  readonly constant: string | null;
}

/**
 * The id set `prefix1 .. prefix<size>`. At run time an id is its number, from one, so that no id is ever falsy and
 * a state in a debugger reads `votedFor: 2` for `s2`; the type hides the number, because a spec must not use it.
 */
export function idSet<Name extends string>(prefix: Name, size: number, constant: string | null = null): IdSet<Name> {
  const ids: Id<Name>[] = [];
  for (let ordinal = 1; ordinal <= size; ordinal += 1) ids.push(idOf<Name>(ordinal));
  // Not enumerable: two sets are equal wherever they are declared.
  const named = Object.defineProperty(Object.assign(ids, { prefix }), "constant", { value: constant });
  return Object.freeze(named as typeof ids & Pick<IdSet<Name>, "prefix" | "constant">);
}

/** The id with this number. For engines and decoders; a spec receives its ids from its constants. */
export function idOf<Name extends string>(ordinal: number): Id<Name> {
  const opaque: unknown = ordinal;
  return opaque as Id<Name>;
}

/** The number of an id, from one. For engines and encoders only: a spec that calls it breaks the scalarset discipline. */
export function ordinalOf(id: Id): number {
  const opaque: unknown = id;
  return opaque as number;
}
