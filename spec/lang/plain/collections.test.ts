import { describe, it } from "vitest";
import { codecOf, type DraftOf } from "../index.ts";
import { bagLaws } from "../laws/bag.suite.ts";
import { finiteSetLaws } from "../laws/finite-set.suite.ts";
import { fixedMapLaws } from "../laws/fixed-map.suite.ts";
import type { MakePlace } from "../laws/place.suite.ts";
import { seqLaws } from "../laws/seq.suite.ts";

const make: MakePlace = (schema, path) => codecOf(schema, path).initial() as DraftOf<typeof schema>;

const laws = {
  "a plain sequence": seqLaws,
  "a plain finite set": finiteSetLaws,
  "a plain bag": bagLaws,
  "a plain fixed map": fixedMapLaws,
};

for (const [collection, lawsOfIt] of Object.entries(laws)) {
  describe(collection, () => {
    for (const [says, law] of Object.entries(lawsOfIt)) it(says, () => law(make));
  });
}
