/** Readers and writers who queue for a resource: many may read it together, one may write it alone. */
import {
  type AlwaysEventually,
  type ConstantsOf,
  type Id,
  id,
  ids,
  type ModelDeclaration,
  oneOf,
  protocol,
  record,
  sequence,
  set,
  type ViewOf,
} from "../../spec/lang/index.ts";

const actorCountMax = 6;

const constants = {
  Actors: ids("a", { default: 3, max: actorCountMax, says: "who reads and writes" }),
};
type Constants = ConstantsOf<typeof constants>;

const state = (c: Constants) =>
  record({
    readers: set(id(c.Actors)),
    writers: set(id(c.Actors)),
    /** An actor waits at most once to read and once to write. */
    waiting: sequence(record({ wants: oneOf("read", "write"), actor: id(c.Actors) }), 2 * c.Actors.length),
  });
type State = ViewOf<ReturnType<typeof state>>;

const readersWriters = protocol("ReadersWriters", { constants, state });

const tryRead = readersWriters.action("TryRead", {
  says: "An actor who does not wait to read joins the queue to read.",
  params: (c) => ({ actor: id(c.Actors) }),
  guard: (s, { actor }) => !s.waiting.has({ wants: "read", actor }),
  effect: (s, { actor }) => s.waiting.push({ wants: "read", actor }),
  fair: "weak",
});

const tryWrite = readersWriters.action("TryWrite", {
  says: "An actor who does not wait to write joins the queue to write.",
  params: (c) => ({ actor: id(c.Actors) }),
  guard: (s, { actor }) => !s.waiting.has({ wants: "write", actor }),
  effect: (s, { actor }) => s.waiting.push({ wants: "write", actor }),
  fair: "weak",
});

function firstMayStart(s: State): boolean {
  return s.writers.size === 0 && (s.waiting.first.wants === "read" || s.readers.size === 0);
}

const readOrWrite = readersWriters.action("ReadOrWrite", {
  says: "The first in the queue starts to read while nobody writes, or to write while nobody does either.",
  guard: (s) => s.waiting.length > 0 && firstMayStart(s),
  effect: (s) => {
    const { wants, actor } = s.waiting.shift();
    if (wants === "read") s.readers.add(actor);
    else s.writers.add(actor);
  },
  fair: "weak",
});

const stop = readersWriters.action("Stop", {
  says: "An actor stops reading, or else writing.",
  params: () => ({ actor: readersWriters.found((s) => s.readers.union(s.writers)) }),
  effect: (s, { actor }) => {
    if (s.readers.has(actor)) s.readers.remove(actor);
    else s.writers.remove(actor);
  },
  fair: "weak",
});

const readersExcludeWriters = readersWriters.invariant("ReadersExcludeWriters", {
  says: "Nobody reads while somebody writes.",
  source: "ReadersWriters, first conjunct of Safety",
  holds: (s) => s.readers.size === 0 || s.writers.size === 0,
});

const oneWriter = readersWriters.invariant("OneWriter", {
  says: "At most one actor writes.",
  source: "ReadersWriters, second conjunct of Safety",
  holds: (s) => s.writers.size <= 1,
});

/** The original quantifies over the actors; here each has four properties of its own. */
function livenessOf(ordinal: number): readonly AlwaysEventually[] {
  const again = (name: string, says: string, goal: (s: State, actor: Id<"a">) => boolean): AlwaysEventually =>
    readersWriters.alwaysEventually(`${name}${ordinal}`, {
      says: `Actor ${ordinal} ${says} again and again.`,
      source: "ReadersWriters, Liveness",
      part: (c) => ordinal <= c.Actors.length,
      goal: (s, c) => {
        const actor = c.Actors[ordinal - 1];
        return actor !== undefined && goal(s, actor);
      },
    });
  return [
    again("Reads", "reads", (s, actor) => s.readers.has(actor)),
    again("Writes", "writes", (s, actor) => s.writers.has(actor)),
    again("RestsFromReading", "is not reading", (s, actor) => !s.readers.has(actor)),
    again("RestsFromWriting", "is not writing", (s, actor) => !s.writers.has(actor)),
  ];
}

const liveness = Array.from({ length: actorCountMax }, (_, before) => livenessOf(before + 1)).flat();

const readersWritersSpec = readersWriters.spec({
  says: "Readers and writers served in the order of a queue.",
  source: "tlaplus/Examples, ReadersWriters/ReadersWriters",
  actions: [tryRead, tryWrite, readOrWrite, stop],
  properties: [readersExcludeWriters, oneWriter, ...liveness],
});

export const readersWritersModels: readonly ModelDeclaration[] = [
  {
    name: "readers-writers",
    spec: readersWritersSpec,
    says: "Three actors who read and write.",
    set: { Actors: 3 },
    properties: ["ReadersExcludeWriters", "OneWriter"],
    file: "checker/corpus/readers-writers.ts",
    expect: {
      verdict: "holds",
      distinct: 21_527,
      generated: 59_674,
      depth: 13,
      source: "tlaplus/Examples, ReadersWriters/MC, NumActors = 3",
    },
  },
];
