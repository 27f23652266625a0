import { type ByteReader, type ByteWriter, EncodingError } from "../../core/encoding/bytes.ts";
import { readValue, writeValue } from "./command.ts";
import { OrderedKeys } from "./ordered-keys.ts";
import { sizeOf, type Value } from "./value.ts";

/** What a key has. */
export interface Item {
  readonly value: Value;
  /** Bytes of the value. */
  readonly size: number;
  /** Index of the log entry since which the key has been there. */
  readonly created: number;
  /** Index of the log entry that changed it last. */
  readonly modified: number;
}

/** What an item takes in an image besides key and value, at most. */
const ITEM_OVERHEAD = 32;

/** The keys and what they have. */
export class Store {
  #items = new Map<string, Item>();
  #keys = new OrderedKeys();
  /** Bytes of all keys and values. */
  #size = 0;

  get count(): number {
    return this.#items.size;
  }

  get size(): number {
    return this.#size;
  }

  get(key: string): Item | undefined {
    return this.#items.get(key);
  }

  put(key: string, value: Value, revision: number): Item {
    const before = this.#items.get(key);
    const item = { value, size: sizeOf(value), created: before?.created ?? revision, modified: revision };
    this.#items.set(key, item);
    this.#size += item.size;
    if (before === undefined) {
      this.#size += sizeOf(key);
      this.#keys.add(key);
    } else {
      this.#size -= before.size;
    }
    return item;
  }

  /** False where there is no such key. */
  delete(key: string): boolean {
    const before = this.#items.get(key);
    if (before === undefined) return false;
    this.#items.delete(key);
    this.#keys.remove(key);
    this.#size -= before.size + sizeOf(key);
    return true;
  }

  /** Keys and items from `first` on, in the order of keys. Nothing may change while they are taken. */
  *from(first: string): Generator<readonly [string, Item], void, undefined> {
    for (const key of this.#keys.from(first)) yield [key, this.#items.get(key) as Item];
  }

  /** Bytes that `write` needs, at most. */
  get sizeWritten(): number {
    return this.#size + this.count * ITEM_OVERHEAD + ITEM_OVERHEAD;
  }

  write(out: ByteWriter): void {
    out.number(this.count);
    for (const [key, { value, created, modified }] of this.from("")) {
      out.text(key);
      out.number(created);
      out.number(modified);
      writeValue(out, value);
    }
  }

  /** Throws `EncodingError`. */
  static read(from: ByteReader): Store {
    const store = new Store();
    const keys: string[] = [];
    const count = from.number();
    for (let i = 0; i < count; i += 1) {
      const at = from.at;
      const key = from.text();
      const before = keys[i - 1];
      if (before !== undefined && before >= key) throw new EncodingError(`the keys are out of order at byte ${at}`);
      keys.push(key);
      const created = from.number();
      const modified = from.number();
      const value = readValue(from);
      const size = sizeOf(value);
      store.#items.set(key, { value, size, created, modified });
      store.#size += size + sizeOf(key);
    }
    store.#keys = OrderedKeys.of(keys);
    return store;
  }
}
