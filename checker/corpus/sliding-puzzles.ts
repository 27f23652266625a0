/** Klotski: slide ten pieces on a board of four by five until the big square stands at the bottom. */
import { integer, type ModelDeclaration, oneOf, protocol, record, set, type ViewOf } from "../../spec/lang/index.ts";

const width = 4;
const height = 5;

/**
 * The original's piece is the set of positions it covers. All of them are rectangles: here a piece is its left upper
 * corner and its size. Pieces of one size have no names, there as here.
 */
const piece = record({
  x: integer(0, width - 1),
  y: integer(0, height - 1),
  width: integer(1, 2),
  height: integer(1, 2),
});
const state = record({ board: set(piece) });

type Piece = ViewOf<typeof piece>;
type Position = { readonly x: number; readonly y: number };
type State = ViewOf<typeof state>;

const klotski = protocol("SlidingPuzzles", { constants: {}, state: () => state });

const steps = { right: { x: 1, y: 0 }, down: { x: 0, y: 1 }, left: { x: -1, y: 0 }, up: { x: 0, y: -1 } };
type Direction = keyof typeof steps;

function covers(p: Piece, { x, y }: Position): boolean {
  return x >= p.x && x < p.x + p.width && y >= p.y && y < p.y + p.height;
}

function isOnBoard(p: Piece): boolean {
  return p.x >= 0 && p.y >= 0 && p.x + p.width <= width && p.y + p.height <= height;
}

function overlap(a: Piece, b: Piece): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}

function emptyPositions(s: State): readonly Position[] {
  const positions = Array.from({ length: width * height }, (_, i) => ({ x: i % width, y: Math.floor(i / width) }));
  return positions.filter((position) => !s.board.some((p) => covers(p, position)));
}

/** The piece next to the position on that side and where it would go, if there is one and it can go there. */
function slide(s: State, to: Position, side: Direction): { readonly from: Piece; readonly to: Piece } | null {
  const step = steps[side];
  const neighbour = { x: to.x + step.x, y: to.y + step.y };
  for (const from of s.board) {
    if (!covers(from, neighbour)) continue;
    const moved = { ...from, x: from.x - step.x, y: from.y - step.y };
    const isFree = s.board.every((other) => other === from || !overlap(other, moved));
    return isOnBoard(moved) && isFree ? { from, to: moved } : null;
  }
  return null;
}

const next = klotski.action("Next", {
  says: "A piece slides by one position, onto an empty position next to it.",
  params: () => ({ empty: klotski.found(emptyPositions), side: oneOf("right", "down", "left", "up") }),
  guard: (s, { empty, side }) => slide(s, empty, side) !== null,
  effect: (s, { empty, side }) => {
    const move = slide(s, empty, side);
    if (move === null) return;
    s.board.remove(move.from);
    s.board.add(move.to);
  },
});

const goal = klotski.invariant("KlotskiGoal", {
  says: "The big square is never at the middle of the bottom. False: the counterexample is the solution.",
  source: "SlidingPuzzles, KlotskiGoal",
  holds: (s) => !s.board.has({ x: 1, y: 3, width: 2, height: 2 }),
});

const start: readonly Piece[] = [
  { x: 0, y: 0, width: 1, height: 2 },
  { x: 1, y: 0, width: 2, height: 2 },
  { x: 3, y: 0, width: 1, height: 2 },
  { x: 0, y: 2, width: 1, height: 2 },
  { x: 1, y: 2, width: 2, height: 1 },
  { x: 3, y: 2, width: 1, height: 2 },
  { x: 1, y: 3, width: 1, height: 1 },
  { x: 2, y: 3, width: 1, height: 1 },
  { x: 0, y: 4, width: 1, height: 1 },
  { x: 3, y: 4, width: 1, height: 1 },
];

const slidingPuzzles = klotski.spec({
  says: "Ten pieces, two empty positions, the big square in the middle of the top.",
  source: "tlaplus/Examples, SlidingPuzzles/SlidingPuzzles",
  init: { effect: (s) => s.board.assign(start) },
  actions: [next],
  properties: [goal],
});

export const slidingPuzzlesModels: readonly ModelDeclaration[] = [
  {
    name: "sliding-puzzles",
    spec: slidingPuzzles,
    says: "How to solve Klotski.",
    file: "checker/corpus/sliding-puzzles.ts",
    expect: {
      verdict: "violated",
      violated: "KlotskiGoal",
      traceLength: 117,
      source: "tlaplus/Examples, SlidingPuzzles/SlidingPuzzles; length by two independent searches",
    },
  },
];
