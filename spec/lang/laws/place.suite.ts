/** What the laws of collections need of an engine, and the elements they try. */
import fc from "fast-check";
import { type DraftOf, id, idSet, integer, option, record, type Schema, union, type ViewOf } from "../index.ts";

/** Makes a place of this schema with its initial value. `path` is the name that its errors give. */
export type MakePlace = <S extends Schema>(schema: S, path: string) => DraftOf<S>;

export const servers = idSet("s", 3);

/** Elements with structure, so that two that are equal need not be the same object. */
export const entrySchema = record({ term: integer(0, 2), by: option(id(servers)) });
export type Entry = ViewOf<typeof entrySchema>;

export const messageSchema = union({ Ask: { from: id(servers) }, Answer: { from: id(servers), term: integer(0, 2) } });
export type Message = ViewOf<typeof messageSchema>;

export const anyEntry: fc.Arbitrary<Entry> = fc.record({
  term: fc.integer({ min: 0, max: 2 }),
  by: fc.constantFrom(null, ...servers),
});
export const anyEntries = (maxLength: number): fc.Arbitrary<readonly Entry[]> => fc.array(anyEntry, { maxLength });

/** Every entry there is. */
export const allEntries: readonly Entry[] = [0, 1, 2].flatMap((term) =>
  [null, ...servers].map((by): Entry => ({ term, by })),
);

/** Equal texts exactly where the contents are equal. */
export function textOf({ term, by }: Entry): string {
  return `${term}/${String(by)}`;
}

export function sameEntry(a: Entry, b: Entry): boolean {
  return textOf(a) === textOf(b);
}

/** Each content once, the first of it. */
export function withoutRepeats(entries: Iterable<Entry>): Entry[] {
  const byText = new Map<string, Entry>();
  for (const entry of entries) if (!byText.has(textOf(entry))) byText.set(textOf(entry), entry);
  return [...byText.values()];
}

/** In an order that the content alone decides. */
export function sortedTexts(entries: Iterable<Entry>): readonly string[] {
  return [...entries].map(textOf).sort();
}

/** What must be true of every engine's places, by name. */
export type Laws = Readonly<Record<string, (make: MakePlace) => void>>;
