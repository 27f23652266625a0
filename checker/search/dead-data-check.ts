/**
 * Whether what a spec calls dead is dead, tried on the states of the run itself. Leaving data out is sound only where a
 * state and the same state without them have the same properties and lead to the same states, themselves aside: what
 * only takes dead data away is no step any more.
 */
import { DeadDataError } from "../../spec/lang/index.ts";
import type { Semantics, State } from "../reference/semantics.ts";
import { unlessItFails } from "./symmetry-check.ts";

/**
 * Throws `DeadDataError` where a successor of this state shows that the spec still depends on what it calls dead. False
 * where the search is to end and not all successors were tried: the state must not count as expanded.
 */
export function tryDeadData(semantics: Semantics, whole: Semantics, state: State, isToEnd: () => boolean): boolean {
  if (semantics.model.deadData === null) return true;
  let isCut = false;
  const culprit = unlessItFails(() =>
    dependent(semantics, whole, state, () => {
      isCut = isToEnd();
      return isCut;
    }),
  );
  if (culprit !== null) throw new DeadDataError(culprit);
  return !isCut;
}

/**
 * The name of what tells a successor from the same state without dead data; null where nothing does, or the search is to
 * end. `whole` forgets nothing.
 */
function dependent(semantics: Semantics, whole: Semantics, state: State, isToEnd: () => boolean): string | null {
  const { properties, constants } = semantics.model;
  for (const { after } of whole.successors(state)) {
    if (isToEnd()) return null;
    const key = whole.encode(after);
    const reduced = whole.decode(key);
    semantics.forgetDeadData(reduced);
    const reducedKey = whole.encode(reduced);
    if (reducedKey === key) continue;
    for (const property of properties) {
      if (property.kind !== "invariant") continue;
      if (property.holds(after, constants) !== property.holds(reduced, constants)) return property.name;
    }
    const [outside, reducedOutside] = [whole.outside(null, after), whole.outside(null, reduced)];
    if (outside !== reducedOutside) return outside ?? reducedOutside;
    const here = imagesOf(semantics, whole, after, reducedKey);
    const there = imagesOf(semantics, whole, reduced, reducedKey);
    for (const [image, action] of [...here, ...there]) if (!here.has(image) || !there.has(image)) return action;
  }
  return null;
}

/** What the steps of a state lead to, without dead data and without what only took it away, and an action of each. */
function imagesOf(semantics: Semantics, whole: Semantics, state: State, own: string): Map<string, string> {
  const { properties, constants } = semantics.model;
  const images = new Map<string, string>();
  for (const { action, after } of whole.successors(state)) {
    const broken = properties.find(
      (property) =>
        property.kind === "step" && property.speaksOf(action.name) && !property.holds(state, after, constants),
    );
    const image = whole.decode(whole.encode(after));
    semantics.forgetDeadData(image);
    const key = whole.encode(image);
    if (key !== own || broken !== undefined) images.set(`${broken?.name ?? ""} ${key}`, action.name);
  }
  return images;
}
