import type { FixedMap, ReadonlyFixedMap } from "../collections.ts";
import { BoundError } from "../errors.ts";
import { copied, deepFreeze, protect, type Refusal, refuseChange, retire, seal, valueNow } from "./editing.ts";
import { type Structure, structuralKey, structure } from "./structure.ts";

/** The domain of a map: its keys in their fixed order, and the position of each. */
export interface Domain<K> {
  readonly keys: readonly K[];
  /** Where the map is, for messages. */
  readonly path: string;
  /** A key as messages show it. */
  textOf(key: unknown): string;
  /** What an author writes for the keys of a map literal, such as `c.Node`. */
  readonly keysText: string;
  /** The position of the key from zero, or undefined where it is outside the domain. */
  positionOf(key: K): number | undefined;
}

/** How a map makes a place of its own, for this key, from a value of any origin. Throws `BoundError`. */
export type CopyOf<K, V, D> = (value: V, key: K) => D;

/** A map over a plain array of values, one for each key of the domain. */
export class PlainMap<K, V, D extends V> implements FixedMap<K, V, D> {
  readonly #domain: Domain<K>;
  #values: readonly D[];
  readonly #copy: CopyOf<K, V, D>;
  #refusal: Refusal | null = null;

  /** `values[i]` belongs to `domain.keys[i]`; the array becomes the map's own. `copy` makes a fresh place from a value. */
  constructor(domain: Domain<K>, values: readonly D[], copy: CopyOf<K, V, D>) {
    this.#domain = domain;
    this.#values = values;
    this.#copy = copy;
  }

  get(key: K): D {
    const value = this.#values[this.#positionOf(key)];
    if (value === undefined) throw new Error("get: the map has no value at this key");
    return value;
  }

  set(key: K, value: V): void {
    this.#requireEditable();
    const position = this.#positionOf(key);
    const copy = this.#copy(value, key);
    retire(this.#values[position]);
    this.#values = this.#values.with(position, copy);
  }

  fill(value: V): void {
    this.#requireEditable();
    const copies = this.keys().map((key) => this.#copy(value, key));
    for (const old of this.#values) retire(old);
    this.#values = copies;
  }

  assign(values: ReadonlyFixedMap<K, V>): void {
    this.#requireEditable();
    requireKeys(values, this.#domain);
    const copies = this.keys().map((key) => this.#copy(values.get(key), key));
    for (const old of this.#values) retire(old);
    this.#values = copies;
  }

  every(predicate: (value: V, key: K) => boolean): boolean {
    const keys = this.keys();
    return this.#values.every((value, at) => predicate(value, keys[at] as K));
  }

  some(predicate: (value: V, key: K) => boolean): boolean {
    const keys = this.keys();
    return this.#values.some((value, at) => predicate(value, keys[at] as K));
  }

  count(predicate: (value: V, key: K) => boolean): number {
    const keys = this.keys();
    let count = 0;
    this.#values.forEach((value, at) => {
      if (predicate(value, keys[at] as K)) count += 1;
    });
    return count;
  }

  keys(): readonly K[] {
    return this.#domain.keys;
  }

  [structure](): Structure {
    return { kind: "map", parts: this.keys().map((key, at) => [key, this.#values[at]] as const) };
  }

  [seal](refusal: Refusal): void {
    this.#refusal = refusal;
    for (const value of this.#values) {
      if (refusal === "replaced") retire(value);
      else if (refusal === "value") deepFreeze(value);
      else protect(value);
    }
  }

  [copied](): PlainMap<K, V, D> {
    if (this.#refusal === "value") return this;
    const copy = new PlainMap(
      this.#domain,
      this.#values.map((value) => valueNow(value) as D),
      this.#copy,
    );
    copy[seal]("value");
    return copy;
  }

  #positionOf(key: K): number {
    const position = this.#domain.positionOf(key);
    if (position === undefined) throw new Error("the domain does not know its own key");
    return position;
  }

  #requireEditable(): void {
    if (this.#refusal !== null) refuseChange(this.#refusal);
  }
}

/** Keys that one message lists at most. */
const keysMost = 8;

/** Throws `BoundError` for what is no map, or one with more or fewer keys than these. */
export function requireKeys(
  value: unknown,
  domain: Pick<Domain<unknown>, "keys" | "path" | "textOf" | "keysText">,
): void {
  const { keys, path, textOf, keysText } = domain;
  const isMap = typeof value === "object" && value !== null && "keys" in value && typeof value.keys === "function";
  if (!isMap) throw new BoundError(path, structuralKey(value), "a map");
  const given = (value as ReadonlyFixedMap<unknown, unknown>).keys();
  // A map of the same domain has its very keys.
  if (given === keys) return;
  const difference = oneThatIsOnlyIn(keys, given) ?? oneThatIsOnlyIn(given, keys);
  if (difference === null) return;
  const listed = keys.slice(0, keysMost).map(textOf).join(", ");
  const which = keys.includes(difference.key) ? "without the key" : "with the key";
  throw new BoundError(
    path,
    `a map ${which} ${textOf(difference.key)}`,
    `exactly the keys ${listed}${keys.length > keysMost ? ", ..." : ""}`,
    `Give a map with all keys and no others: mapOf(${keysText}, (key) => ...).`,
  );
}

function oneThatIsOnlyIn(some: readonly unknown[], others: readonly unknown[]): { readonly key: unknown } | null {
  const known = new Set(others.map((key) => structuralKey(key)));
  const at = some.findIndex((key) => !known.has(structuralKey(key)));
  return at < 0 ? null : { key: some[at] };
}
