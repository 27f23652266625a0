/** Three missionaries and three cannibals cross a river in a boat for two, and are never outnumbered on either bank. */
import {
  type ConstantsOf,
  id,
  ids,
  type ModelDeclaration,
  map,
  oneOf,
  protocol,
  record,
  set,
  type ViewOf,
} from "../../spec/lang/index.ts";

const constants = {
  Missionaries: ids("m", { default: 3, max: 6, says: "the missionaries" }),
  Cannibals: ids("c", { default: 3, max: 6, says: "the cannibals" }),
};

function peopleOf(c: ConstantsOf<typeof constants>) {
  return record({ missionaries: set(id(c.Missionaries)), cannibals: set(id(c.Cannibals)) });
}

type People = ViewOf<ReturnType<typeof peopleOf>>;
type Bank = "E" | "W";

const river = protocol("MissionariesAndCannibals", {
  constants,
  state: (c) => record({ bankOfBoat: oneOf("E", "W"), whoIsOnBank: map(oneOf("E", "W"), peopleOf(c)) }),
});

function otherBank(bank: Bank): Bank {
  return bank === "E" ? "W" : "E";
}

function isSafe({ missionaries, cannibals }: People): boolean {
  return missionaries.size === 0 || cannibals.size <= missionaries.size;
}

function without(people: People, leaving: People): People {
  return {
    missionaries: people.missionaries.minus(leaving.missionaries),
    cannibals: people.cannibals.minus(leaving.cannibals),
  };
}

function joinedBy(people: People, arriving: People): People {
  return {
    missionaries: people.missionaries.union(arriving.missionaries),
    cannibals: people.cannibals.union(arriving.cannibals),
  };
}

const move = river.action("Move", {
  says: "One or two people cross with the boat, and leave both banks safe.",
  params: (c) => ({ missionaries: set(id(c.Missionaries)), cannibals: set(id(c.Cannibals)) }),
  guard: (s, crossing) => {
    const here = s.whoIsOnBank.get(s.bankOfBoat);
    const there = s.whoIsOnBank.get(otherBank(s.bankOfBoat));
    const size = crossing.missionaries.size + crossing.cannibals.size;
    return (
      (size === 1 || size === 2) &&
      crossing.missionaries.isSubsetOf(here.missionaries) &&
      crossing.cannibals.isSubsetOf(here.cannibals) &&
      isSafe(without(here, crossing)) &&
      isSafe(joinedBy(there, crossing))
    );
  },
  effect: (s, crossing) => {
    const from = s.bankOfBoat;
    const to = otherBank(from);
    s.bankOfBoat = to;
    s.whoIsOnBank.set(from, without(s.whoIsOnBank.get(from), crossing));
    s.whoIsOnBank.set(to, joinedBy(s.whoIsOnBank.get(to), crossing));
  },
});

const solution = river.invariant("Solution", {
  says: "Somebody is always left on the east bank. False: the counterexample is the solution.",
  source: "MissionariesAndCannibals, Solution",
  holds: (s) => {
    const { missionaries, cannibals } = s.whoIsOnBank.get("E");
    return missionaries.size + cannibals.size > 0;
  },
});

const missionariesAndCannibals = river.spec({
  says: "Everybody starts on the east bank, with the boat.",
  source: "tlaplus/Examples, MissionariesAndCannibals/MissionariesAndCannibals",
  init: {
    effect: (s, _, c) => {
      const east = s.whoIsOnBank.get("E");
      east.missionaries.assign(c.Missionaries);
      east.cannibals.assign(c.Cannibals);
    },
  },
  actions: [move],
  properties: [solution],
  symmetry: ["Missionaries", "Cannibals"],
});

export const missionariesAndCannibalsModels: readonly ModelDeclaration[] = [
  {
    name: "missionaries-and-cannibals",
    spec: missionariesAndCannibals,
    says: "How three missionaries and three cannibals get across.",
    file: "checker/corpus/missionaries-and-cannibals.ts",
    expect: {
      verdict: "violated",
      violated: "Solution",
      traceLength: 12,
      source: "tlaplus/Examples, MissionariesAndCannibals, three of each; length by two independent searches",
    },
  },
];
