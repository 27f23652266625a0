/** Makes a program that shows a difference smaller, as long as it shows one of the same kind. */
import type { ActionText, Program } from "./program.suite.ts";
import type { Piece } from "./statements.suite.ts";

/** `isSame` says whether a smaller program still shows the difference. `tries` bounds how often it is asked. */
export function shrunk(program: Program, isSame: (program: Program) => boolean, tries: number): Program {
  let least = program;
  let left = tries;
  for (let isSmaller = true; isSmaller && left > 0; ) {
    isSmaller = false;
    for (const candidate of smaller(least)) {
      if (left === 0) break;
      left -= 1;
      if (!isSame(candidate)) continue;
      least = candidate;
      isSmaller = true;
      break;
    }
  }
  return least;
}

/** Programs with one part less, the largest parts first. */
function* smaller(program: Program): Generator<Program> {
  for (const actions of withoutOne(program.actions)) yield { ...program, actions };
  for (const properties of withoutOne(program.properties)) yield { ...program, properties };
  if (program.init !== null) yield { ...program, init: null };
  if (program.deadData !== null) yield { ...program, deadData: null };
  if (program.symmetry !== null) yield { ...program, symmetry: null };
  for (const helpers of withoutOne(program.helpers)) yield { ...program, helpers };
  for (const fields of withoutOne(program.fields)) yield { ...program, fields };
  for (const [at, action] of program.actions.entries())
    for (const less of smallerActions(action)) yield { ...program, actions: program.actions.with(at, less) };
  if (program.init !== null) {
    for (const { name: _, ...init } of smallerActions({ name: "Init", ...program.init })) yield { ...program, init };
  }
  for (const [at, property] of program.properties.entries())
    if (property.when !== null)
      yield { ...program, properties: program.properties.with(at, { ...property, when: null }) };
}

function* smallerActions(action: ActionText): Generator<ActionText> {
  if (action.guard !== "true") yield { ...action, guard: "true" };
  for (const body of smallerBodies(action.body)) yield { ...action, body };
  for (const params of withoutOne(action.params)) yield { ...action, params };
}

function* smallerBodies(body: readonly Piece[]): Generator<readonly Piece[]> {
  yield* withoutOne(body);
  for (const [at, piece] of body.entries()) {
    if (piece.body === undefined) continue;
    if (piece.text.startsWith("if")) yield [...body.slice(0, at), ...piece.body, ...body.slice(at + 1)];
    for (const inner of smallerBodies(piece.body)) yield body.with(at, { ...piece, body: inner });
  }
}

function* withoutOne<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let at = 0; at < list.length; at += 1) yield list.toSpliced(at, 1);
}
