/** The towers of Hanoi, each a sum of powers of two: a disk is a power of two, the smallest disk is one. */
import { count, integer, type ModelDeclaration, map, oneOf, protocol, record } from "../../spec/lang/index.ts";

const hanoi = protocol("Hanoi", {
  constants: {
    D: count({ default: 5, min: 1, max: 10, says: "how many disks" }),
    N: count({ default: 3, min: 2, max: 6, says: "how many towers" }),
  },
  state: (c) => record({ towers: map(integer(1, c.N), integer(0, allDisks(c.D))) }),
});

function allDisks(count: number): number {
  return 2 ** count - 1;
}

/** Whether the disk stands on the tower with none smaller above it. */
function canMoveOff(tower: number, disk: number): boolean {
  return (tower & disk) === disk && (tower & (disk - 1)) === 0;
}

/** The two disjuncts of the original's CanMoveTo. An empty tower satisfies both, and a move there counts twice. */
const canMoveTo = {
  noneSmaller: (tower: number, disk: number) => (tower & (disk - 1)) === 0,
  empty: (tower: number) => tower === 0,
};

const move = hanoi.action("Move", {
  says: "The top disk of a tower goes onto another tower that has no smaller disk.",
  params: (c) => ({
    exponent: integer(0, c.D - 1),
    from: integer(1, c.N),
    to: integer(1, c.N),
    because: oneOf("noneSmaller", "empty"),
  }),
  guard: (s, { exponent, from, to, because }) => {
    const disk = 2 ** exponent;
    return from !== to && canMoveOff(s.towers.get(from), disk) && canMoveTo[because](s.towers.get(to), disk);
  },
  effect: (s, { exponent, from, to }) => {
    s.towers.set(from, s.towers.get(from) - 2 ** exponent);
    s.towers.set(to, s.towers.get(to) + 2 ** exponent);
  },
});

const everyDiskIsSomewhere = hanoi.invariant("Inv", {
  says: "The towers hold all disks between them.",
  source: "Hanoi, Inv",
  holds: (s, c) => s.towers.keys().reduce((sum, tower) => sum + s.towers.get(tower), 0) === allDisks(c.D),
});

const notSolved = hanoi.invariant("NotSolved", {
  says: "The last tower never holds all disks. False: the counterexample is the solution.",
  source: "Hanoi, NotSolved",
  holds: (s, c) => s.towers.get(c.N) !== allDisks(c.D),
});

const towerOfHanoi = hanoi.spec({
  says: "All disks start on the first tower.",
  source: "tlaplus/Examples, tower_of_hanoi/Hanoi",
  init: { effect: (s, _, c) => s.towers.set(1, allDisks(c.D)) },
  actions: [move],
  properties: [everyDiskIsSomewhere, notSolved],
});

const source = "tlaplus/Examples, tower_of_hanoi/Hanoi.toolbox/Model_1/MC, D = 5, N = 3";

export const towerOfHanoiModels: readonly ModelDeclaration[] = [
  {
    name: "tower-of-hanoi",
    spec: towerOfHanoi,
    says: "How five disks get from the first of three towers to the last.",
    properties: ["NotSolved"],
    deadlock: false,
    file: "checker/corpus/tower-of-hanoi.ts",
    expect: {
      verdict: "violated",
      violated: "NotSolved",
      traceLength: 32,
      source: `${source}; 2^D - 1 moves are the least there can be`,
    },
  },
  {
    name: "tower-of-hanoi-all-states",
    spec: towerOfHanoi,
    says: "Every way to stack five disks on three towers.",
    properties: ["Inv"],
    deadlock: false,
    file: "checker/corpus/tower-of-hanoi.ts",
    expect: {
      verdict: "holds",
      distinct: 243,
      generated: 913,
      depth: 32,
      source: `${source}, as in its MC.out, a run without NotSolved`,
    },
  },
];
