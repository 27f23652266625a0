/**
 * Chameneos (Kaiser and Pradat-Peyre, "Chameneos, a Concurrency Game for Java, Ada and Others", 2003): creatures meet
 * in pairs at one meeting place and both change colour there, until enough meetings have been held.
 */
import {
  type ConstantsOf,
  count,
  type DraftOf,
  type Id,
  id,
  ids,
  integer,
  type ModelDeclaration,
  map,
  oneOf,
  option,
  protocol,
  record,
  sequence,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = {
  N: count({ default: 4, min: 1, says: "after how many meetings the creatures fade" }),
  M: ids("c", { default: 4, max: 8, says: "the creatures" }),
};
type Constants = ConstantsOf<typeof constants>;

const colors = ["blue", "red", "yellow"] as const;
type Color = (typeof colors)[number] | "faded";
const color = oneOf(...colors);

const state = (c: Constants) =>
  record({
    chameneoses: map(id(c.M), record({ color: oneOf(...colors, "faded"), meetings: integer(0, c.N) })),
    /** Who waits there for another; null where nobody does. */
    meetingPlace: option(id(c.M)),
    numMeetings: integer(0, c.N),
  });
type State = ViewOf<ReturnType<typeof state>>;
type Draft = DraftOf<ReturnType<typeof state>>;
type Creature = Id<"c">;

const chameneos = protocol("Chameneos", { constants, state });

/** The colour both take on: their own where they agree, else the third. */
function complement(one: Color, two: Color): Color {
  if (one === two) return one;
  return colors.find((third) => third !== one && third !== two) ?? one;
}

function meetWith(s: Draft, self: Creature, waiting: Creature): void {
  const newColor = complement(s.chameneoses.get(self).color, s.chameneoses.get(waiting).color);
  for (const creature of [self, waiting]) {
    const changed = s.chameneoses.get(creature);
    changed.color = newColor;
    changed.meetings += 1;
  }
  s.meetingPlace = null;
  s.numMeetings += 1;
}

const meet = chameneos.action("Meet", {
  says: "A creature waits at the meeting place, meets who waits there, or fades once all meetings have been held.",
  params: (c) => ({ self: id(c.M) }),
  guard: (s, { self }) => s.chameneoses.get(self).color !== "faded" && s.meetingPlace !== self,
  effect: (s, { self }, c) => {
    if (s.meetingPlace !== null) meetWith(s, self, s.meetingPlace);
    else if (s.numMeetings < c.N) s.meetingPlace = self;
    else s.chameneoses.get(self).color = "faded";
  },
});

const sumMet = chameneos.invariant("SumMet", {
  says: "Once all meetings have been held, the creatures have counted each of them twice.",
  source: "Chameneos, SumMet",
  when: (s, c) => s.numMeetings === c.N,
  holds: (s, c) => meetingsCounted(s) === 2 * c.N,
});

function meetingsCounted(s: State): number {
  return s.chameneoses.keys().reduce((sum, creature) => sum + s.chameneoses.get(creature).meetings, 0);
}

const chameneosSpec = chameneos.spec({
  says: "Creatures meet in pairs and change colour, and fade after a number of meetings.",
  source: "tlaplus/Examples, Chameneos/Chameneos",
  init: {
    params: (c) => ({ start: sequence(color, c.M.length) }),
    guard: (_, { start }, c) => start.length === c.M.length,
    effect: (s, { start }, c) => {
      for (const [before, creature] of c.M.entries()) s.chameneoses.get(creature).color = start.get(before + 1);
    },
  },
  actions: [meet],
  properties: [sumMet],
  symmetry: ["M"],
  terminates: true,
});

export const chameneosModels: readonly ModelDeclaration[] = [
  {
    name: "chameneos",
    spec: chameneosSpec,
    says: "Four creatures, four meetings, every choice of first colours.",
    set: { N: 4, M: 4 },
    file: "checker/corpus/chameneos.ts",
    expect: {
      verdict: "holds",
      distinct: 34_534,
      generated: 104_697,
      depth: 13,
      source: "tlaplus/Examples, Chameneos/Chameneos, N = 4, M = 4",
    },
  },
];
