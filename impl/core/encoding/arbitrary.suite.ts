import fc from "fast-check";
import type { Configuration } from "../configuration.ts";
import type { Entry, SnapshotMeta } from "../entry.ts";
import type { Message } from "../message.ts";

/** Whole numbers of every length that the encoding has. */
export const anyNumber: fc.Arbitrary<number> = fc.oneof(fc.nat(300), fc.maxSafeNat());

/** Ids and contacts of every alphabet, and the names that objects treat in their own way. */
export const anyText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.constantFrom("", "n1", "__proto__", "constructor", "7", "\ufeffn", "é"),
);

export const anyData: fc.Arbitrary<Uint8Array> = fc.uint8Array({ maxLength: 300 });

const anyIds = fc.uniqueArray(anyText, { maxLength: 4 }).map((ids) => ids.sort());

const anyConfiguration: fc.Arbitrary<Configuration> = record({
  voters: anyIds,
  outgoing: anyIds,
  learners: anyIds,
  promoting: anyIds,
  removing: anyIds,
  contacts: fc
    .uniqueArray(fc.tuple(anyText, anyText), { maxLength: 4, selector: ([id]) => id })
    .map((contacts) => Object.fromEntries(contacts)),
});

export const anyEntry: fc.Arbitrary<Entry> = fc.oneof(
  record({ kind: fc.constant("no-op" as const), index: anyNumber, term: anyNumber }),
  record({ kind: fc.constant("command" as const), index: anyNumber, term: anyNumber, data: anyData }),
  record({
    kind: fc.constant("configuration" as const),
    index: anyNumber,
    term: anyNumber,
    configuration: anyConfiguration,
  }),
);

export const anySnapshotMeta: fc.Arbitrary<SnapshotMeta> = record({
  index: anyNumber,
  term: anyNumber,
  configuration: anyConfiguration,
  size: anyNumber,
});

/** Plain objects: those without a prototype are not strictly equal to what is read. */
export function record<Fields>(fields: { [Key in keyof Fields]: fc.Arbitrary<Fields[Key]> }): fc.Arbitrary<Fields> {
  return fc.record(fields, { noNullPrototype: true }) as fc.Arbitrary<Fields>;
}

function envelope<Kind extends Message["kind"]>(kind: Kind) {
  return { kind: fc.constant(kind), id: anyNumber, from: anyText, to: anyText, term: anyNumber, clock: anyNumber };
}

const last = { lastIndex: anyNumber, lastTerm: anyNumber };

const anyAppendRequest = fc
  .tuple(
    fc.oneof(fc.nat(300), fc.nat({ max: 2 ** 31 - 1 })),
    fc.array(anyEntry, { maxLength: 5 }),
    record({ ...envelope("append-request"), prevTerm: anyNumber, commit: anyNumber }),
  )
  .map(([prevIndex, entries, rest]) => ({
    ...rest,
    prevIndex,
    entries: entries.map((entry, place) => ({ ...entry, index: prevIndex + place + 1 })),
  }));

/** One of each kind: the compiler asks for a new kind of message here. */
export const anyMessageOf: { readonly [Kind in Message["kind"]]: fc.Arbitrary<Message> } = {
  "pre-vote-request": record({ ...envelope("pre-vote-request"), ...last }),
  "pre-vote-response": record({ ...envelope("pre-vote-response"), granted: fc.boolean() }),
  "vote-request": record({ ...envelope("vote-request"), ...last, transfer: fc.boolean() }),
  "vote-response": record({ ...envelope("vote-response"), granted: fc.boolean() }),
  "append-request": anyAppendRequest,
  "append-accepted": record({ ...envelope("append-accepted"), matchIndex: anyNumber }),
  "append-refused": record({
    ...envelope("append-refused"),
    prevIndex: anyNumber,
    hintIndex: anyNumber,
    hintTerm: anyNumber,
  }),
  heartbeat: record({ ...envelope("heartbeat"), commit: anyNumber, round: anyNumber }),
  "heartbeat-response": record({ ...envelope("heartbeat-response"), round: anyNumber }),
  "snapshot-chunk": record({
    ...envelope("snapshot-chunk"),
    snapshot: anySnapshotMeta,
    offset: anyNumber,
    data: anyData,
    isLast: fc.boolean(),
  }),
  "chunk-accepted": record({ ...envelope("chunk-accepted"), index: anyNumber, offset: anyNumber }),
  "timeout-now": record(envelope("timeout-now")),
  "term-notice": record(envelope("term-notice")),
};

export const anyMessage: fc.Arbitrary<Message> = fc.oneof(...Object.values(anyMessageOf));
