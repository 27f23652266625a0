import { ByteReader, ByteWriter, EncodingError } from "../../core/encoding/bytes.ts";
import { Sessions } from "../../core/sessions.ts";
import type { StateMachine } from "../../core/state-machine.ts";
import { type Command, decodeCommand, type Expected } from "./command.ts";
import { type ChangeResult, type KvResult, readChangeResult, writeChangeResult } from "./result.ts";
import { type Item, Store } from "./store.ts";
import { joined, sameValue, sizeOf, type Value } from "./value.ts";

/** A key has another value, or none any more (`value` is null). */
export interface KeyChange {
  readonly key: string;
  readonly value: Value | null;
  readonly revision: number;
  /** The revision since which the key has been there; null where it is gone. */
  readonly created: number | null;
}

/** Told of what happens to the keys of this copy of the machine. It must not fail, and what it does is not replicated. */
export interface KvListener {
  changed(change: KeyChange): void;
  /** All is as an image has it. What changed up to `revision` was not told. */
  restored(revision: number): void;
}

export interface Page {
  readonly items: readonly (readonly [key: string, item: Item])[];
  /** Where to go on; null at the end. */
  readonly next: string | null;
}

/** Of a state this version can read. */
const IMAGE_VERSION = 1;

/** The replicated key-value machine. Keys are in the order of their UTF-16 code units. */
export class KvMachine implements StateMachine<KvResult> {
  readonly #listener: KvListener | null;
  #store = new Store();
  #sessions = new Sessions<ChangeResult>();
  #revision = 0;

  constructor(listener: KvListener | null) {
    this.#listener = listener;
  }

  /** Index of the last command that was applied; zero before the first. */
  get revision(): number {
    return this.#revision;
  }

  get keyCount(): number {
    return this.#store.count;
  }

  /** Bytes of all keys and values. */
  get size(): number {
    return this.#store.size;
  }

  get sessionCount(): number {
    return this.#sessions.count;
  }

  get(key: string): Item | undefined {
    return this.#store.get(key);
  }

  /** Keys that begin with `prefix` and are not before `first`, as many as `countMax` and `bytesMax` of values allow. */
  range(prefix: string, first: string, countMax: number, bytesMax: number): Page {
    const items: (readonly [string, Item])[] = [];
    let bytes = 0;
    for (const [key, item] of this.#store.from(first > prefix ? first : prefix)) {
      if (!key.startsWith(prefix)) break;
      bytes += item.size;
      // One item is always given, or a large value could never be passed.
      if (items.length > 0 && (items.length >= countMax || bytes > bytesMax)) return { items, next: key };
      items.push([key, item]);
    }
    return { items, next: null };
  }

  /** Throws `EncodingError` where the command cannot be read; see `decodeCommand`. */
  apply(index: number, bytes: Uint8Array): KvResult {
    const command = decodeCommand(bytes);
    this.#revision = index;
    switch (command.kind) {
      case "open-session":
        this.#sessions.open(index, command.limits);
        return { kind: "session-opened", session: index };
      case "close-session":
        return { kind: "session-closed", existed: this.#sessions.close(command.session) };
      default:
        if (command.stamp === null) return this.#change(index, command);
        return this.#sessions.once(command.stamp, () => this.#change(index, command));
    }
  }

  image(): Uint8Array {
    const out = new ByteWriter(this.#store.sizeWritten);
    out.byte(IMAGE_VERSION);
    out.number(this.#revision);
    this.#store.write(out);
    this.#sessions.write(out, writeChangeResult);
    return out.view();
  }

  /** Throws `EncodingError`, and nothing has changed then. */
  restore(image: Uint8Array): void {
    const from = new ByteReader(image);
    const version = from.byte();
    if (version !== IMAGE_VERSION) {
      throw new EncodingError(`the image has version ${version}, and this program reads version ${IMAGE_VERSION}`);
    }
    const revision = from.number();
    const store = Store.read(from);
    const sessions = Sessions.read(from, readChangeResult);
    from.end();
    this.#revision = revision;
    this.#store = store;
    this.#sessions = sessions;
    this.#listener?.restored(revision);
  }

  #change(index: number, command: Exclude<Command, { kind: "open-session" | "close-session" }>): ChangeResult {
    switch (command.kind) {
      case "put":
        return this.#put(index, command.key, command.value);
      case "delete":
        return this.#delete(index, command.key);
      case "compare-and-swap": {
        const item = this.#store.get(command.key);
        if (!isAsExpected(item, command.expected)) {
          return { kind: "mismatch", revision: index, found: item?.modified ?? null };
        }
        return command.value === null ? this.#delete(index, command.key) : this.#put(index, command.key, command.value);
      }
      case "append": {
        const before = this.#store.get(command.key);
        const size = (before?.size ?? 0) + sizeOf(command.value);
        if (size > command.sizeMax) return { kind: "too-large", revision: index, size, sizeMax: command.sizeMax };
        return this.#put(index, command.key, joined(before?.value ?? "", command.value));
      }
    }
  }

  #put(revision: number, key: string, value: Value): ChangeResult {
    const item = this.#store.put(key, value, revision);
    this.#listener?.changed({ key, value, revision, created: item.created });
    return { kind: "written", revision };
  }

  #delete(revision: number, key: string): ChangeResult {
    const existed = this.#store.delete(key);
    if (existed) this.#listener?.changed({ key, value: null, revision, created: null });
    return { kind: "deleted", revision, existed };
  }
}

function isAsExpected(item: Item | undefined, expected: Expected): boolean {
  switch (expected.kind) {
    case "absent":
      return item === undefined;
    case "value":
      return item !== undefined && sameValue(item.value, expected.value);
    case "revision":
      return item?.modified === expected.revision;
  }
}
