import { describe } from "vitest";
import { codecOf, type DraftOf } from "../index.ts";
import { bagLaws } from "../laws/bag.suite.ts";
import { finiteSetLaws } from "../laws/finite-set.suite.ts";
import { fixedMapLaws } from "../laws/fixed-map.suite.ts";
import type { MakePlace } from "../laws/place.suite.ts";
import { seqLaws } from "../laws/seq.suite.ts";

const make: MakePlace = (schema, path) => codecOf(schema, path).initial() as DraftOf<typeof schema>;

describe("of the plain collections", () => {
  seqLaws(make);
  finiteSetLaws(make);
  bagLaws(make);
  fixedMapLaws(make);
});
