import type { FixedMap } from "../collections.ts";
import { SpecError } from "../errors.ts";
import { structuralKey, structure } from "./elements.ts";

/** The domain of a map: its keys in their fixed order, and the position of each. */
export interface Domain<K> {
  readonly keys: readonly K[];
  /** The position of the key from zero, or undefined where it is outside the domain. */
  positionOf(key: K): number | undefined;
}

/** A map over a plain array of values, one for each key of the domain. */
export class PlainMap<K, V, D extends V> implements FixedMap<K, V, D> {
  readonly #domain: Domain<K>;
  readonly #values: D[];
  readonly #copy: (value: V) => D;

  /** `values[i]` belongs to `domain.keys[i]`; the array becomes the map's own. `copy` makes a fresh place from a value. */
  constructor(domain: Domain<K>, values: D[], copy: (value: V) => D) {
    this.#domain = domain;
    this.#values = values;
    this.#copy = copy;
  }

  get(key: K): D {
    const value = this.#values[this.#positionOf(key)];
    if (value === undefined) throw new SpecError("get: the map has no value at this key");
    return value;
  }

  set(key: K, value: V): void {
    this.#values[this.#positionOf(key)] = this.#copy(value);
  }

  fill(value: V): void {
    for (let position = 0; position < this.#values.length; position += 1) this.#values[position] = this.#copy(value);
  }

  every(predicate: (value: V, key: K) => boolean): boolean {
    return this.keys().every((key) => predicate(this.get(key), key));
  }

  some(predicate: (value: V, key: K) => boolean): boolean {
    return this.keys().some((key) => predicate(this.get(key), key));
  }

  count(predicate: (value: V, key: K) => boolean): number {
    let count = 0;
    for (const key of this.keys()) if (predicate(this.get(key), key)) count += 1;
    return count;
  }

  keys(): readonly K[] {
    return this.#domain.keys;
  }

  [structure](): string {
    const entries = this.keys().map((key) => `${structuralKey(key)}:${structuralKey(this.get(key))}`);
    return `map{${entries.sort().join(",")}}`;
  }

  #positionOf(key: K): number {
    const position = this.#domain.positionOf(key);
    if (position === undefined) throw new SpecError(`the key ${String(key)} is outside the map's domain`);
    return position;
  }
}
