/** Maps built from functions: what TLA+ writes as `[x \in S |-> e]`. */
import type { FixedMap, ReadonlyFixedMap } from "../collections.ts";
import { SpecError } from "../errors.ts";
import { copied, valueNow } from "../plain/editing.ts";
import { type Structure, structuralKey, structure } from "../plain/structure.ts";

/**
 * The map that holds `of(key)` for each of these keys. As the value of a map in the state it must have exactly the keys of
 * that map's schema.
 */
export function mapOf<K, V>(keys: Iterable<K>, of: (key: K) => V): ReadonlyFixedMap<K, V> {
  const values = new Map<string, V>();
  const distinct: K[] = [];
  for (const key of keys) {
    const text = structuralKey(key);
    if (values.has(text)) continue;
    values.set(text, of(key));
    distinct.push(key);
  }
  return Object.freeze(new MapLiteral(distinct, values));
}

/** The keys of a map with their values, in the order of the keys. */
export function entriesOf<K, V>(map: ReadonlyFixedMap<K, V>): readonly (readonly [key: K, value: V])[] {
  return map.keys().map((key) => [key, map.get(key)] as const);
}

/**
 * Gives every key of a map in the state its value anew, all at once: `of` sees the map as it was, whatever the order of
 * the keys.
 */
export function setEach<K, V, D extends V>(map: FixedMap<K, V, D>, of: (key: K) => V): void {
  const keys = map.keys();
  const before = keys.map((key) => of(key));
  keys.forEach((key, position) => {
    map.set(key, before[position] as V);
  });
}

/** A map that belongs to no state. */
class MapLiteral<K, V> implements ReadonlyFixedMap<K, V> {
  readonly #keys: readonly K[];
  readonly #values: ReadonlyMap<string, V>;

  /** `values` has the value of each key by its structural key. */
  constructor(keys: readonly K[], values: ReadonlyMap<string, V>) {
    this.#keys = keys;
    this.#values = values;
  }

  get(key: K): V {
    const text = structuralKey(key);
    if (!this.#values.has(text)) {
      const known = this.#keys.map((one) => structuralKey(one)).join(", ");
      throw new SpecError(
        `the map has no key ${text}: its keys are ${known}`,
        "Use a key of the map, or make the map for more keys.",
      );
    }
    return this.#values.get(text) as V;
  }

  every(predicate: (value: V, key: K) => boolean): boolean {
    return this.#keys.every((key) => predicate(this.get(key), key));
  }

  some(predicate: (value: V, key: K) => boolean): boolean {
    return this.#keys.some((key) => predicate(this.get(key), key));
  }

  count(predicate: (value: V, key: K) => boolean): number {
    return this.#keys.filter((key) => predicate(this.get(key), key)).length;
  }

  keys(): readonly K[] {
    return this.#keys;
  }

  [structure](): Structure {
    return { kind: "map", parts: entriesOf(this) };
  }

  [copied](): ReadonlyFixedMap<K, V> {
    return mapOf(this.#keys, (key) => valueNow(this.get(key)) as V);
  }
}
