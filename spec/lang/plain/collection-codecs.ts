import type { ReadonlyBag, ReadonlySeq } from "../collections.ts";
import type { BagSchema, MapSchema, SequenceSchema, SetSchema } from "../schema.ts";
import { valuesOf } from "../values.ts";
import { PlainBag, tooManyCopies } from "./bag.ts";
import { type Codec, codecOf } from "./codec.ts";
import { Interner } from "./interner.ts";
import { type Domain, PlainMap } from "./map.ts";
import type { Permutation } from "./permutation.ts";
import { PlainSeq, tooLong } from "./seq.ts";
import { PlainSet } from "./set.ts";
import { Reader, Writer } from "./writer.ts";

export function sequenceCodec(schema: SequenceSchema, path: string): Codec {
  const interner = new Interner(codecOf(schema.element, `${path}[]`));
  return {
    scalar: false,
    initial: () => new PlainSeq([], interner, schema.max, path),
    write(value, out, permutation) {
      const sequence = value as ReadonlySeq<unknown>;
      if (sequence.length > schema.max) throw tooLong(path, sequence.length, schema.max);
      out.putCount(sequence.length, "elements");
      for (const element of sequence) out.putKey(keyOf(interner, element, permutation));
    },
    read(input) {
      const length = input.next();
      const items: unknown[] = [];
      for (let i = 0; i < length; i += 1) items.push(interner.elementOf(input.nextKey()));
      return new PlainSeq(items, interner, schema.max, path);
    },
  };
}

export function setCodec(schema: SetSchema, path: string): Codec {
  const interner = new Interner(codecOf(schema.element, `${path}[]`));
  return {
    scalar: false,
    initial: () => new PlainSet([], [], interner),
    write(value, out, permutation) {
      const keys: string[] = [];
      for (const element of value as Iterable<unknown>) keys.push(keyOf(interner, element, permutation));
      keys.sort(ascending);
      out.putCount(keys.length, "elements");
      for (const key of keys) out.putKey(key);
    },
    read(input) {
      const keys: string[] = [];
      const items: unknown[] = [];
      for (let remaining = input.next(); remaining > 0; remaining -= 1) {
        const key = input.nextKey();
        keys.push(key);
        items.push(interner.elementOf(key));
      }
      return new PlainSet(keys, items, interner);
    },
  };
}

export function bagCodec(schema: BagSchema, path: string): Codec {
  const interner = new Interner(codecOf(schema.element, `${path}[]`));
  return {
    scalar: false,
    initial: () => new PlainBag([], [], [], interner, schema.copies, path),
    write(value, out, permutation) {
      const bag = value as ReadonlyBag<unknown>;
      const entries: [string, number][] = [];
      for (const element of bag) entries.push([keyOf(interner, element, permutation), bag.copies(element)]);
      entries.sort(([a], [b]) => ascending(a, b));
      out.putCount(entries.length, "elements");
      for (const [key, copies] of entries) {
        if (copies > schema.copies) throw tooManyCopies(path, copies, schema.copies);
        out.putKey(key);
        out.putCount(copies, "copies");
      }
    },
    read(input) {
      const keys: string[] = [];
      const items: unknown[] = [];
      const counts: number[] = [];
      for (let remaining = input.next(); remaining > 0; remaining -= 1) {
        const key = input.nextKey();
        keys.push(key);
        items.push(interner.elementOf(key));
        counts.push(input.next());
      }
      return new PlainBag(keys, items, counts, interner, schema.copies, path);
    },
  };
}

function keyOf(interner: Interner<unknown>, element: unknown, permutation: Permutation | null): string {
  return permutation === null ? interner.keyOf(element) : interner.keyOfImage(element, permutation);
}

function ascending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function mapCodec(schema: MapSchema, path: string): Codec {
  const domain = domainOf(schema, path);
  const values = codecOf(schema.values, `${path}[]`);
  const writer = new Writer();
  const copy = (value: unknown): unknown => {
    values.write(value, writer.start(), null);
    const key = writer.take();
    return values.scalar ? value : values.read(new Reader(key));
  };
  return {
    scalar: false,
    initial: () =>
      new PlainMap(
        domain,
        domain.keys.map(() => values.initial()),
        copy,
      ),
    write(value, out, permutation) {
      const place = value as PlainMap<unknown, unknown, unknown>;
      const keys = permutation === null ? domain.keys : preimages(domain, permutation);
      for (const key of keys) values.write(place.get(key), out, permutation);
    },
    read: (input) =>
      new PlainMap(
        domain,
        domain.keys.map(() => values.read(input)),
        copy,
      ),
  };
}

interface PermutableDomain extends Domain<unknown> {
  /** The key with its ids renamed. */
  image(key: unknown, permutation: Permutation): unknown;
  /** By permutation index: for each key in order, the key that is renamed to it. */
  readonly preimages: (readonly unknown[])[];
}

function domainOf(schema: MapSchema, path: string): PermutableDomain {
  const keys = [...valuesOf(schema.keys)];
  const node = codecOf(schema.keys, `${path} key`);
  const interner = new Interner(node);
  const positions = new Map(keys.map((key, position) => [interner.canonical(key), position]));
  return {
    keys: keys.map((key) => interner.canonical(key)),
    positionOf: (key) => positions.get(key) ?? positions.get(interner.canonical(key)),
    image: (key, permutation) => interner.image(key, permutation),
    preimages: [],
  };
}

function preimages(domain: PermutableDomain, permutation: Permutation): readonly unknown[] {
  const known = domain.preimages[permutation.index];
  if (known !== undefined) return known;
  const result: unknown[] = [];
  for (const key of domain.keys) result[domain.positionOf(domain.image(key, permutation)) ?? 0] = key;
  domain.preimages[permutation.index] = result;
  return result;
}
