import { describe, it } from "vitest";
import { type DraftOf, record } from "../../spec/lang/index.ts";
import { bagLaws } from "../../spec/lang/laws/bag.suite.ts";
import { finiteSetLaws } from "../../spec/lang/laws/finite-set.suite.ts";
import { fixedMapLaws } from "../../spec/lang/laws/fixed-map.suite.ts";
import type { MakePlace } from "../../spec/lang/laws/place.suite.ts";
import { seqLaws } from "../../spec/lang/laws/seq.suite.ts";
import { Fingerprints } from "./fingerprints.ts";
import { Memory } from "./memory.ts";
import { compile } from "./program.ts";
import { Recorder } from "./recorder.ts";

/** A place of the draft that begins from the blank state, as an effect sees it. */
const make: MakePlace = (schema, path) => {
  const { layout, views } = compile(record({ [path]: schema }), null);
  const memory = new Memory(layout);
  memory.blank();
  const recorder = new Recorder(memory, new Fingerprints(memory));
  recorder.start(true, true);
  return (views(recorder).after as Record<string, unknown>)[path] as DraftOf<typeof schema>;
};

const laws = {
  "a view of a sequence": seqLaws,
  "a view of a finite set": finiteSetLaws,
  "a view of a bag": bagLaws,
  "a view of a fixed map": fixedMapLaws,
};

for (const [collection, lawsOfIt] of Object.entries(laws)) {
  describe(collection, () => {
    for (const [says, law] of Object.entries(lawsOfIt)) it(says, () => law(make));
  });
}
