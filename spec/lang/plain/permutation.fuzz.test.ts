import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codecOf, type IdSet, idSet, type Permutation, permutationsOf, Reader } from "../index.ts";
import {
  anySample,
  clients,
  contentOf,
  contentText,
  keyOf,
  placeOf,
  renamed,
  type Sample,
  servers,
} from "./contents.suite.ts";

const others = permutationsOf([servers, clients]);
const identity: Permutation = { index: others.length, images: new Map() };
const group: readonly Permutation[] = [identity, ...others];
const anyPermutation = fc.constantFrom(...group);

function imagesOf(permutation: Permutation, set: IdSet): readonly number[] {
  return permutation.images.get(set) ?? set.map((_, position) => position + 1);
}

function sameImages(a: Permutation, b: Permutation): boolean {
  return [servers, clients].every((set) => imagesOf(a, set).join() === imagesOf(b, set).join());
}

/** The renaming that renames by `first` and then by `second`. */
function composed(first: Permutation, second: Permutation): Permutation {
  const images = new Map(
    [servers, clients].map((set): [IdSet, readonly number[]] => [
      set,
      imagesOf(first, set).map((ordinal) => imagesOf(second, set)[ordinal - 1] ?? 0),
    ]),
  );
  const found = group.find((permutation) => sameImages(permutation, { index: -1, images }));
  if (found === undefined) throw new Error("the renamings are not closed under composition");
  return found;
}

function keyOfContent({ schema, content }: Sample, permutation: Permutation | null): string {
  return keyOf(codecOf(schema, "place"), placeOf(schema, content), permutation);
}

describe("the renamings of two id sets", () => {
  it("are all combinations of bijections but the identity, each with an index of its own", () => {
    expect(others.length).toBe(6 * 2 - 1);
    expect(others.map(({ index }) => index)).toEqual(others.map((_, position) => position));
    const texts = group.map((permutation) => [servers, clients].map((set) => imagesOf(permutation, set)));
    expect(new Set(texts.map((text) => JSON.stringify(text))).size).toBe(12);
    for (const [ofServers, ofClients] of texts) {
      expect([ofServers?.toSorted(), ofClients?.toSorted()]).toEqual([
        [1, 2, 3],
        [1, 2],
      ]);
    }
  });

  it("are none where no set is symmetric", () => {
    expect(permutationsOf([])).toEqual([]);
  });
});

describe("the key of a renamed value", () => {
  it("is the key of the value that the renaming makes", () => {
    fc.assert(
      fc.property(anySample, anyPermutation, ({ schema, content }, permutation) => {
        const image = renamed(schema, content, permutation);
        expect(keyOfContent({ schema, content }, permutation)).toBe(keyOfContent({ schema, content: image }, null));
      }),
      { numRuns: 500 },
    );
  });

  it("is unchanged by the identity", () => {
    fc.assert(
      fc.property(anySample, (sample) => {
        expect(keyOfContent(sample, identity)).toBe(keyOfContent(sample, null));
      }),
    );
  });

  it("is that of one renaming after the other", () => {
    fc.assert(
      fc.property(anySample, anyPermutation, anyPermutation, ({ schema, content }, first, second) => {
        const codec = codecOf(schema, "place");
        const once = codec.read(new Reader(keyOf(codec, placeOf(schema, content), first)));
        expect(keyOf(codec, once, second)).toBe(keyOf(codec, placeOf(schema, content), composed(first, second)));
      }),
      { numRuns: 500 },
    );
  });

  it("reads back as the renamed content", () => {
    fc.assert(
      fc.property(anySample, anyPermutation, ({ schema, content }, permutation) => {
        const codec = codecOf(schema, "place");
        const read = codec.read(new Reader(keyOf(codec, placeOf(schema, content), permutation)));
        expect(contentText(schema, contentOf(schema, read))).toBe(
          contentText(schema, renamed(schema, content, permutation)),
        );
      }),
    );
  });

  it("has as many images as the renamings divided by those that change nothing", () => {
    fc.assert(
      fc.property(anySample, (sample) => {
        const key = keyOfContent(sample, null);
        const images = group.map((permutation) => keyOfContent(sample, permutation));
        const stabiliser = images.filter((image) => image === key).length;
        expect(new Set(images).size * stabiliser).toBe(group.length);
      }),
    );
  });

  it("has the same least image for every value of its orbit", () => {
    fc.assert(
      fc.property(anySample, anyPermutation, ({ schema, content }, permutation) => {
        const least = (of: unknown): string | undefined =>
          group.map((one) => keyOfContent({ schema, content: of }, one)).sort()[0];
        expect(least(renamed(schema, content, permutation))).toBe(least(content));
      }),
    );
  });

  it("is remembered for each value and each renaming apart", () => {
    fc.assert(
      fc.property(anySample, ({ schema, content }) => {
        const codec = codecOf(schema, "place");
        const value = placeOf(schema, content);
        const first = group.map((permutation) => keyOf(codec, value, permutation));
        expect(group.map((permutation) => keyOf(codec, value, permutation))).toEqual(first);
      }),
    );
  });
});

describe("too many symmetric ids", () => {
  it("are refused with their number", () => {
    expect(() => permutationsOf([idSet("s", 8)])).toThrow(
      "symmetry over 8 ids s means 40320 renamings of every state, and 10000 are the most",
    );
  });
});
