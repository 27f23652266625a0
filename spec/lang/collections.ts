/**
 * The collections of the vocabulary, as interfaces: every engine brings its own implementation and must pass the same
 * laws. Elements are immutable values; equality of elements is equality of content. Iteration is in a canonical order
 * that depends on content alone (for sequences: their own order).
 */

/** A sequence, counted from one as in TLA+ and in the Raft paper. */
export interface ReadonlySeq<E> extends Iterable<E> {
  readonly length: number;
  /** The element at `index`, from 1 to `length`; anything else is an error. */
  get(index: number): E;
  /** The first element; an error when empty. */
  readonly first: E;
  /** The last element; an error when empty. */
  readonly last: E;
  /** The elements `from..to`, both included; empty where `to < from`. Bounds outside the sequence are an error. */
  sub(from: number, to: number): ReadonlySeq<E>;
  every(predicate: (element: E, index: number) => boolean): boolean;
  some(predicate: (element: E, index: number) => boolean): boolean;
  has(element: E): boolean;
  equals(other: ReadonlySeq<E>): boolean;
  isPrefixOf(other: ReadonlySeq<E>): boolean;
}

export interface Seq<E> extends ReadonlySeq<E> {
  /** Appends; past the declared maximum it is an error. */
  push(element: E): void;
  /** Replaces the element at `index`, from 1 to `length`. */
  set(index: number, element: E): void;
  /** Keeps the first `length` elements; a longer `length` than the sequence has is an error. */
  truncate(length: number): void;
  /** Removes and returns the first element; an error when empty. */
  shift(): E;
  assign(elements: Iterable<E>): void;
  clear(): void;
}

/** The elements of a collection that are of this `kind` (for unions). */
export type OfKind<E, K> = Extract<E, { readonly kind: K }>;

export interface ReadonlyFiniteSet<E> extends Iterable<E> {
  readonly size: number;
  has(element: E): boolean;
  every(predicate: (element: E) => boolean): boolean;
  some(predicate: (element: E) => boolean): boolean;
  /** How many elements satisfy the predicate. */
  count(predicate: (element: E) => boolean): number;
  equals(other: ReadonlyFiniteSet<E>): boolean;
  isSubsetOf(other: ReadonlyFiniteSet<E>): boolean;
  /** A new set with these elements too. The set itself does not change. */
  union(elements: Iterable<E>): ReadonlyFiniteSet<E>;
  /** A new set without these elements. The set itself does not change. */
  minus(elements: Iterable<E>): ReadonlyFiniteSet<E>;
  intersect(other: ReadonlyFiniteSet<E>): ReadonlyFiniteSet<E>;
  /** The elements of one kind of a tagged union, or of several. */
  ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<E, K>[];
  /** A new set of the elements that satisfy the predicate. */
  filter(predicate: (element: E) => boolean): ReadonlyFiniteSet<E>;
}

export interface FiniteSet<E> extends ReadonlyFiniteSet<E> {
  /** Adds; adding a member again changes nothing. */
  add(element: E): void;
  /** Removes; removing a non-member changes nothing. */
  remove(element: E): void;
  assign(elements: Iterable<E>): void;
  clear(): void;
}

/** A multiset. Iteration yields each distinct element once. */
export interface ReadonlyBag<E> extends Iterable<E> {
  /** Elements with multiplicity. */
  readonly size: number;
  /** How many copies of this element. */
  copies(element: E): number;
  has(element: E): boolean;
  every(predicate: (element: E) => boolean): boolean;
  some(predicate: (element: E) => boolean): boolean;
  /** The distinct elements of one kind of a tagged union, or of several. */
  ofKind<K extends string>(...kinds: readonly K[]): readonly OfKind<E, K>[];
}

export interface Bag<E> extends ReadonlyBag<E> {
  /** Adds one copy; past the declared number of copies it is an error. */
  add(element: E): void;
  /** Takes one copy out; an error when there is none. */
  remove(element: E): void;
  clear(): void;
}

/** A total function from a finite domain. */
export interface ReadonlyFixedMap<K, V> {
  /** The value at `key`; a key outside the domain is an error. */
  get(key: K): V;
  every(predicate: (value: V, key: K) => boolean): boolean;
  some(predicate: (value: V, key: K) => boolean): boolean;
  /** How many keys satisfy the predicate. */
  count(predicate: (value: V, key: K) => boolean): number;
  /** The domain, in its fixed order. */
  keys(): readonly K[];
}

export interface FixedMap<K, V, D extends V = V> extends ReadonlyFixedMap<K, V> {
  /** The place at `key`: a scalar, or a record or collection to be changed in place. */
  get(key: K): D;
  /** Replaces the value at `key`. */
  set(key: K, value: V): void;
  /** Replaces every value by this one. */
  fill(value: V): void;
  /** Replaces every value by that of another map with the same keys. */
  assign(values: ReadonlyFixedMap<K, V>): void;
}
