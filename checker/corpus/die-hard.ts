/** The jugs of the film Die Hard 3: measure four gallons with a jug of five and a jug of three. */
import { integer, type ModelDeclaration, protocol, record } from "../../spec/lang/index.ts";

const bigMax = 5;
const smallMax = 3;

const dieHard = protocol("DieHard", {
  constants: {},
  state: () => record({ big: integer(0, bigMax), small: integer(0, smallMax) }),
});

const fillSmallJug = dieHard.action("FillSmallJug", {
  says: "The small jug is filled from the tap.",
  effect: (s) => {
    s.small = smallMax;
  },
});

const fillBigJug = dieHard.action("FillBigJug", {
  says: "The big jug is filled from the tap.",
  effect: (s) => {
    s.big = bigMax;
  },
});

const emptySmallJug = dieHard.action("EmptySmallJug", {
  says: "The small jug is emptied onto the ground.",
  effect: (s) => {
    s.small = 0;
  },
});

const emptyBigJug = dieHard.action("EmptyBigJug", {
  says: "The big jug is emptied onto the ground.",
  effect: (s) => {
    s.big = 0;
  },
});

const smallToBig = dieHard.action("SmallToBig", {
  says: "The small jug is poured into the big one, until one is empty or the other full.",
  effect: (s) => {
    const poured = Math.min(s.small, bigMax - s.big);
    s.big += poured;
    s.small -= poured;
  },
});

const bigToSmall = dieHard.action("BigToSmall", {
  says: "The big jug is poured into the small one, until one is empty or the other full.",
  effect: (s) => {
    const poured = Math.min(s.big, smallMax - s.small);
    s.small += poured;
    s.big -= poured;
  },
});

const notSolved = dieHard.invariant("NotSolved", {
  says: "The big jug never holds four gallons. False: the counterexample is the solution.",
  source: "DieHard, NotSolved",
  holds: (s) => s.big !== 4,
});

const dieHardSpec = dieHard.spec({
  says: "Two jugs without marks, a tap, and the ground.",
  source: "tlaplus/Examples, DieHard/DieHard",
  actions: [fillSmallJug, fillBigJug, emptySmallJug, emptyBigJug, smallToBig, bigToSmall],
  properties: [notSolved],
});

export const dieHardModels: readonly ModelDeclaration[] = [
  {
    name: "die-hard",
    spec: dieHardSpec,
    says: "How to get four gallons into the big jug.",
    file: "checker/corpus/die-hard.ts",
    expect: {
      verdict: "violated",
      violated: "NotSolved",
      traceLength: 7,
      source: "tlaplus/Examples, DieHard/DieHard; length by two independent searches",
    },
  },
];
