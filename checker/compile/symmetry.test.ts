import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  bag,
  boolean,
  id,
  instantiate,
  integer,
  map,
  option,
  type Permutation,
  permutationsOf,
  protocol,
  type RecordSchema,
  record,
  type Schema,
  sequence,
  set,
  union,
} from "../../spec/lang/index.ts";
import {
  anySchema,
  type Content,
  clients,
  contentsOf,
  contentText,
  placeOf,
  renamed,
  servers,
} from "../../spec/lang/plain/contents.suite.ts";
import { Application } from "./application.ts";
import { Fingerprints } from "./fingerprints.ts";
import { packedRefusal } from "./index.ts";
import { Memory } from "./memory.ts";
import { compile } from "./program.ts";
import { Recorder } from "./recorder.ts";
import { result, Tries } from "./tries.ts";

const others = permutationsOf([servers, clients]);
const group: readonly Permutation[] = [{ index: others.length, images: new Map() }, ...others];

/** A state's fingerprint under these renamings beside the identity. */
function fingerprinter(schema: RecordSchema, permutations: readonly Permutation[]): (content: Content) => string {
  const program = compile(schema, null);
  const memory = new Memory(program.layout);
  memory.blank();
  const fingerprints = new Fingerprints(memory);
  const recorder = new Recorder(memory, fingerprints);
  const views = program.views(recorder);
  const tries = new Tries(memory, 2 ** 24);
  const application = new Application(memory, fingerprints, program, permutations);
  return (content) => {
    memory.blank();
    recorder.start(true, false);
    views.assign(placeOf(schema, content));
    recorder.settle();
    tries.forgetBrief();
    application.apply(tries.words, tries.keepBriefly(recorder.draftedStep(result.enabled)));
    application.fingerprint();
    const text = [application.high, application.low].map((lane) => (lane >>> 0).toString(16).padStart(8, "0")).join("");
    application.undo();
    return text;
  };
}

/** What a step from one content to another leads to: the fingerprint from what the step changes, and from nothing. */
function afterStep(schema: RecordSchema): (from: Content, to: Content) => readonly [string, string] {
  const program = compile(schema, null);
  const memory = new Memory(program.layout);
  const fingerprints = new Fingerprints(memory);
  const recorder = new Recorder(memory, fingerprints);
  const views = program.views(recorder);
  const tries = new Tries(memory, 2 ** 24);
  const application = new Application(memory, fingerprints, program, others);
  const leafTo = (content: Content): number => {
    recorder.start(true, false);
    views.assign(placeOf(schema, content));
    recorder.settle();
    return tries.keepBriefly(recorder.draftedStep(result.enabled));
  };
  return (from, to) => {
    memory.blank();
    tries.forgetBrief();
    const first = leafTo(from);
    const { blank } = program.layout;
    const row = new Int32Array(application.rowWords(tries.words, first, blank, 0));
    application.writeRow(tries.words, first, blank, 0, row, 0);
    memory.load(row, 0);
    application.begin();
    const leaf = leafTo(to);
    application.apply(tries.words, leaf);
    application.fingerprintAfter(tries.words, leaf);
    const fast = `${application.high} ${application.low} ${application.renaming}`;
    application.fingerprint();
    const slow = `${application.high} ${application.low} ${application.renaming}`;
    application.undo();
    return [fast, slow];
  };
}

/** Equal exactly for contents that differ by a renaming. */
function orbitOf(schema: Schema, content: Content): string {
  const [least] = group.map((permutation) => contentText(schema, renamed(schema, content, permutation))).sort();
  return least ?? "";
}

/** Contents whose fingerprints are the least of their renamings', equal for the same orbit, and different for others. */
function expectOrbits(schema: RecordSchema, contents: readonly Content[]): void {
  const ofOrbit = fingerprinter(schema, others);
  const ofState = fingerprinter(schema, []);
  const orbits = new Map<string, string>();
  for (const content of contents) {
    const fingerprint = ofOrbit(content);
    const images = group.map((permutation) => renamed(schema, content, permutation));
    expect(new Set(images.map(ofOrbit))).toEqual(new Set([fingerprint]));
    expect(images.map(ofState).sort()[0]).toBe(fingerprint);
    const orbit = orbitOf(schema, content);
    expect(orbits.get(orbit) ?? fingerprint).toBe(fingerprint);
    orbits.set(orbit, fingerprint);
  }
  expect(new Set(orbits.values()).size).toBe(orbits.size);
}

/** Contents twice, the second renamed by each renaming: most of these differ in how the halves relate, and in nothing else. */
function related(schema: Schema, content: Content): readonly Content[] {
  return group.map((permutation) => ({ left: content, right: renamed(schema, content, permutation) }));
}

function isPacked(schema: RecordSchema): boolean {
  const spec = protocol("Any", { constants: {}, state: () => schema }).spec({ says: "", actions: [], properties: [] });
  const model = instantiate({ name: "any", spec, says: "" });
  return model.ok && packedRefusal(model.value) === null;
}

const message = union({
  Ask: { from: id(servers), to: id(clients) },
  Tell: { about: set(id(servers)), path: sequence(id(clients), 2) },
  Stop: {},
});
/** An id in every position that a schema has for one. */
const everyPosition = record({
  cell: id(servers),
  option: option(id(clients)),
  value: option(record({ by: id(servers), n: integer(0, 2) })),
  mask: set(id(servers)),
  wideMask: set(record({ by: id(servers), of: id(clients), n: integer(0, 6) })),
  set: set(record({ by: id(servers), n: integer(-50, 99) })),
  keys: map(id(servers), integer(0, 2)),
  keysAndValues: map(id(servers), option(id(servers))),
  keysOfPairs: map(record({ from: id(servers), to: id(clients) }), boolean()),
  keysOfOptions: map(option(id(clients)), set(id(servers))),
  inKeys: map(
    id(clients),
    record({ sent: bag(message, { copies: 2 }), log: sequence(id(servers), 3), last: option(message) }),
  ),
  sequence: sequence(id(servers), 3),
  sequenceOfValues: sequence(record({ by: id(clients), n: integer(0, 2) }), 3),
  bag: bag(message, { copies: 3 }),
  bagOfIds: bag(id(servers), { copies: 2 }),
});

describe("the fingerprint under symmetry", () => {
  it("is the least of the renamings', and tells orbits apart, with an id in every position", () => {
    fc.assert(
      fc.property(fc.array(contentsOf(everyPosition), { minLength: 2, maxLength: 5 }), (contents) => {
        expectOrbits(everyPosition, contents);
      }),
      { numRuns: 25 },
    );
  });

  it("is the same from what a step changes as from the whole state, with an id in every position", () => {
    const stepped = afterStep(everyPosition);
    const content = contentsOf(everyPosition);
    let changed = 0;
    fc.assert(
      fc.property(content, content, fc.subarray(Object.keys(everyPosition.fields)), (from, other, fields) => {
        // Most steps leave most of a state as it is.
        const to = { ...(from as object) } as Record<string, Content>;
        for (const field of fields) to[field] = (other as Record<string, Content>)[field] as Content;
        const [fast, slow] = stepped(from, to as Content);
        expect(fast).toBe(slow);
        changed += fast === stepped(from, from)[0] ? 0 : 1;
      }),
      { numRuns: 1000 },
    );
    expect(changed).toBeGreaterThan(500);
  });

  it("tells apart how two halves of a state are related, with an id in every position", () => {
    const schema = record({ left: everyPosition, right: everyPosition });
    let different = 0;
    fc.assert(
      fc.property(contentsOf(everyPosition), (content) => {
        const contents = related(everyPosition, content);
        expectOrbits(schema, contents);
        different = Math.max(different, new Set(contents.map((one) => orbitOf(schema, one))).size);
      }),
      { numRuns: 6 },
    );
    expect(different).toBe(group.length);
  });

  it("is the least of the renamings', and tells orbits apart, for any schema", () => {
    let packed = 0;
    const anyContents = anySchema.chain((schema) =>
      fc.array(contentsOf(schema), { minLength: 1, maxLength: 3 }).map((contents) => ({ schema, contents })),
    );
    fc.assert(
      fc.property(anyContents, ({ schema, contents }) => {
        const both = record({ left: schema, right: schema });
        if (!isPacked(both)) return;
        packed += 1;
        for (const content of contents) expectOrbits(both, related(schema, content));
        expectOrbits(
          record({ left: schema }),
          contents.map((left) => ({ left })),
        );
      }),
      { numRuns: 80 },
    );
    expect(packed).toBeGreaterThan(40);
  });
});
