import type { ReadonlyBag, ReadonlyFixedMap, ReadonlySeq } from "../collections.ts";
import { BoundError, DeclarationError, SpecError } from "../errors.ts";
import { type BagSchema, type MapSchema, nodeOf, type Schema, type SequenceSchema, type SetSchema } from "../schema.ts";
import type { Assignments } from "./assignments.ts";
import { PlainBag, tooManyCopies } from "./bag.ts";
import { type Codec, codecOf } from "./codec.ts";
import { nameOfCollection } from "./collection-errors.ts";
import { domainValues } from "./domain-values.ts";
import type { Interners, PlacedInterner } from "./interner.ts";
import { type Domain, PlainMap, requireKeys } from "./map.ts";
import type { Permutation } from "./permutation.ts";
import { PlainSeq, tooLong } from "./seq.ts";
import { PlainSet } from "./set.ts";
import { described, valueText } from "./value-text.ts";
import { Reader, Writer } from "./writer.ts";

export function sequenceCodec(schema: SequenceSchema, path: string, interners: Interners): Codec {
  const elements = interners.at(schema.element, `${path}[]`);
  const { interner } = elements;
  return {
    scalar: false,
    initial: () => new PlainSeq([], elements, schema.max, path),
    write(value, out, permutation) {
      requireCollection(value, path, "a sequence");
      const sequence = value as ReadonlySeq<unknown>;
      if (sequence.length > schema.max) throw tooLong(path, sequence.length, schema.max);
      out.putCount(sequence.length, "elements in a sequence");
      for (const element of sequence) out.putKey(keyOf(elements, element, permutation));
    },
    read(input) {
      const length = input.next();
      const items: unknown[] = [];
      for (let i = 0; i < length; i += 1) items.push(interner.elementOf(input.nextKey()));
      return new PlainSeq(items, elements, schema.max, path);
    },
  };
}

export function setCodec(schema: SetSchema, path: string, interners: Interners): Codec {
  const elements = interners.at(schema.element, `${path}[]`);
  const { interner } = elements;
  return {
    scalar: false,
    initial: () => new PlainSet([], [], elements, path),
    write(value, out, permutation) {
      requireCollection(value, path, "a set");
      const keys: string[] = [];
      for (const element of value as Iterable<unknown>) keys.push(keyOf(elements, element, permutation));
      keys.sort(ascending);
      out.putCount(keys.length, "elements in a set");
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
      return new PlainSet(keys, items, elements, path);
    },
  };
}

export function bagCodec(schema: BagSchema, path: string, interners: Interners): Codec {
  const elements = interners.at(schema.element, `${path}[]`);
  const { interner } = elements;
  return {
    scalar: false,
    initial: () => new PlainBag([], [], [], elements, schema.copies, path),
    write(value, out, permutation) {
      requireCollection(value, path, "a bag");
      const bag = value as ReadonlyBag<unknown>;
      const entries: [string, number][] = [];
      for (const element of bag) {
        const copies = bag.copies(element);
        if (copies > schema.copies) throw tooManyCopies(path, copies, elements.textOf(element), schema.copies);
        entries.push([keyOf(elements, element, permutation), copies]);
      }
      entries.sort(([a], [b]) => ascending(a, b));
      out.putCount(entries.length, "elements in a bag");
      for (const [key, copies] of entries) {
        out.putKey(key);
        out.putCount(copies, "copies in a bag");
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
      return new PlainBag(keys, items, counts, elements, schema.copies, path);
    },
  };
}

function keyOf(elements: PlacedInterner, element: unknown, permutation: Permutation | null): string {
  return permutation === null ? elements.keyOf(element) : elements.interner.keyOfImage(element, permutation);
}

/** Throws `BoundError` for what cannot be iterated: a number where a set is due. */
function requireCollection(value: unknown, path: string, bound: string): void {
  if (typeof value === "object" && value !== null && Symbol.iterator in value) return;
  throw new BoundError(path, described(value), bound);
}

function ascending(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

export function mapCodec(
  schema: MapSchema,
  path: string,
  interners: Interners,
  assignments: Assignments | null = null,
): Codec {
  const domain = domainOf(schema, path, interners);
  const values = codecOf(schema.values, `${path}[]`, interners, assignments);
  const writer = new Writer();
  const write = (value: unknown, key: unknown, out: Writer, permutation: Permutation | null): void => {
    try {
      values.write(value, out, permutation);
    } catch (error) {
      throw error instanceof BoundError ? error.atKey(path, valueText(schema.keys, key)) : error;
    }
  };
  const copy = (value: unknown, key: unknown): unknown => {
    write(value, key, writer.start(), null);
    return values.read(new Reader(writer.take()));
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
      requireKeys(value, domain);
      const place = value as ReadonlyFixedMap<unknown, unknown>;
      const keys = permutation === null ? domain.keys : preimages(domain, permutation);
      for (const key of keys) write(place.get(key), key, out, permutation);
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

/** What an author writes for the keys of a map literal. */
function keysText(keys: Schema): string {
  const node = nodeOf(keys);
  if (node.kind === "id") return node.set.constant === null ? "the id set" : `c.${node.set.constant}`;
  return node.kind === "integer" ? `range(${node.min}, ${node.max})` : "[...]";
}

function keysOf({ keys }: MapSchema, path: string, interners: Interners): readonly unknown[] {
  try {
    return domainValues(keys, interners);
  } catch (error) {
    if (!(error instanceof DeclarationError)) throw error;
    const tryThis = "Put the whole map into the part, as part(c.flag, map(...)).";
    throw new DeclarationError(`the keys of ${path}: ${error.message}`, tryThis, path);
  }
}

function outsideDomain(path: string, key: unknown, { path: inside, found, bound }: BoundError): SpecError {
  const which = inside === "" ? `its keys are ${bound}` : `${inside} of its keys is ${bound}, not ${found}`;
  return new SpecError(
    `${nameOfCollection(path, "map")} has no key ${described(key)}: ${which}`,
    "Use a key of the declared domain, or declare a wider domain.",
  );
}

/** The keys of a map at `path`. A key outside them is a `SpecError`. */
export function domainOf(schema: MapSchema, path: string, interners: Interners): PermutableDomain {
  const interner = interners.of(schema.keys);
  const keys = keysOf(schema, path, interners);
  const positions = new Map(keys.map((key, position) => [key, position]));
  return {
    keys,
    path,
    textOf: (key) => valueText(schema.keys, key),
    keysText: keysText(schema.keys),
    positionOf(key) {
      const position = positions.get(key);
      if (position !== undefined) return position;
      try {
        return positions.get(interner.canonical(key));
      } catch (error) {
        throw error instanceof BoundError ? outsideDomain(path, key, error) : error;
      }
    },
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
