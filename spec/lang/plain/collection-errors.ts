/** How messages name a collection: by its path where it is a field of the state. */
import { MissingElementError, SpecError } from "../errors.ts";

/** The method by which a collection gives its path; null where it is a literal, or a value that was computed. */
export const pathOf: unique symbol = Symbol("pathOf");

/** The path of a literal, which no message prints. */
export const literalPath = "a literal";

/** `log`, or `a sequence in logs` where it is inside a map or a collection, or `the sequence` where it has no name. */
export function nameOfCollection(path: string | null, kind: string): string {
  if (path === null || path === literalPath || path === "") return `the ${kind}`;
  const inside = path.indexOf("[]");
  return inside < 0 ? path : `a ${kind} in ${path.slice(0, inside)}`;
}

/** True for the path of a field; a collection inside a map or a collection has no name of its own. */
function isNamed(path: string | null): path is string {
  return path !== null && path !== literalPath && path !== "" && !path.includes("[]");
}

/** `log.get(3)`, or `get(3)` where the collection has no name. */
function callOn(path: string, call: string): string {
  return isNamed(path) ? `${path}.${call}` : call;
}

/** `s.log.length`, as the functions of a spec write it, or `length` where the collection has no name. */
export function inState(path: string | null, call: string): string {
  return isNamed(path) ? `s.${path}.${call}` : call;
}

/** The name of whatever can be iterated; null where it has none. */
export function nameOf(elements: unknown): string | null {
  if (typeof elements !== "object" || elements === null || !(pathOf in elements)) return null;
  const path = (elements as { [pathOf](): string | null })[pathOf]();
  return isNamed(path) ? path : null;
}

/** The error of what asks an empty sequence for an element by this word. */
export function noElement(path: string, asked: string): SpecError {
  const message = `${callOn(path, asked)}: ${nameOfCollection(path, "sequence")} is empty`;
  return new MissingElementError(message, `${inState(path, "length")} > 0`);
}

/** The error of a call with an index, such as `get(3)`; `asked` is the call. */
export function noElementAt(path: string, asked: string, index: number, length: number): SpecError {
  const message = `${callOn(path, asked)}: ${nameOfCollection(path, "sequence")} has length ${length}`;
  if (Number.isInteger(index) && index > length)
    return new MissingElementError(message, `${inState(path, "length")} >= ${index}`);
  return new SpecError(message, "Use a whole number from 1 to the length.");
}

/** Throws `SpecError` unless `sub` may be asked for these bounds of a sequence of this length. */
export function requireSub(path: string, from: number, to: number, length: number): void {
  const areWhole = Number.isInteger(from) && Number.isInteger(to);
  if (areWhole && (to < from || (from >= 1 && to <= length))) return;
  throw new SpecError(
    `${callOn(path, `sub(${from}, ${to})`)} reaches outside ${nameOfCollection(path, "sequence")}, which has length ${length}`,
    "Use positions from 1 to the length, both included; sub(n, n - 1) is the empty sequence.",
  );
}

/** Throws `SpecError` unless a sequence of length `present` may be cut to this length. */
export function requireTruncation(path: string, length: number, present: number): void {
  if (Number.isInteger(length) && length >= 0 && length <= present) return;
  throw new SpecError(
    `${callOn(path, `truncate(${length})`)}: ${nameOfCollection(path, "sequence")} has length ${present}`,
    "Give the number of elements to keep, from 0 to the length.",
  );
}

export function noSuchElement(path: string, element: string): SpecError {
  return new SpecError(
    `${nameOfCollection(path, "bag")} has no element ${element} to remove`,
    "Ask first with has(element), or take the element from a parameter that is found in the bag.",
  );
}
