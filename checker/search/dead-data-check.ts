/**
 * Whether what a spec calls dead is dead, tried on the states of the run itself. Leaving data out is sound only where a
 * state and the same state without them have the same properties and lead to the same states, themselves aside: what
 * only takes dead data away is no step any more.
 */
import { DeadDataError, structuralKey } from "../../spec/lang/index.ts";
import type { Semantics, State } from "../reference/semantics.ts";
import { unlessItFails } from "./symmetry-check.ts";

/**
 * Throws `DeadDataError` where a successor of this state shows that the spec still depends on what it calls dead. False
 * where the search is to end and not all successors were tried: the state must not count as expanded.
 */
export function tryDeadData(semantics: Semantics, whole: Semantics, state: State, isToEnd: () => boolean): boolean {
  if (semantics.model.deadData === null) return true;
  let isCut = false;
  const found = unlessItFails(() =>
    dependent(semantics, whole, state, () => {
      isCut = isToEnd();
      return isCut;
    }),
  );
  if (found !== null) throw new DeadDataError(found.culprit, found.data);
  return !isCut;
}

interface Dependence {
  /** The name of what tells a successor from the same state without dead data. */
  readonly culprit: string;
  /** The fields in which the two differ. */
  readonly data: readonly string[];
}

/**
 * What depends on dead data in a successor of this state; null where nothing does, or the search is to end. `whole` forgets
 * nothing.
 */
function dependent(semantics: Semantics, whole: Semantics, state: State, isToEnd: () => boolean): Dependence | null {
  const { properties, constants } = semantics.model;
  for (const { after } of whole.successors(state)) {
    if (isToEnd()) return null;
    const key = whole.encode(after);
    const reduced = whole.decode(key);
    semantics.forgetDeadData(reduced);
    const reducedKey = whole.encode(reduced);
    if (reducedKey === key) continue;
    const by = (culprit: string): Dependence => ({ culprit, data: changedFields(after, reduced) });
    for (const property of properties) {
      if (property.kind !== "invariant") continue;
      if (property.holds(after, constants) !== property.holds(reduced, constants)) return by(property.name);
    }
    const [outside, reducedOutside] = [whole.outside(null, after), whole.outside(null, reduced)];
    const constraint = outside ?? reducedOutside;
    if (outside !== reducedOutside && constraint !== null) return by(constraint);
    const here = imagesOf(semantics, whole, after, reducedKey);
    const there = imagesOf(semantics, whole, reduced, reducedKey);
    for (const [image, action] of [...here, ...there]) if (!here.has(image) || !there.has(image)) return by(action);
  }
  return null;
}

/** The fields of the state in which two states differ. */
function changedFields(one: State, other: State): readonly string[] {
  const fields = Object.entries(one as Readonly<Record<string, unknown>>);
  const others = other as Readonly<Record<string, unknown>>;
  return fields.flatMap(([name, value]) => (structuralKey(value) === structuralKey(others[name]) ? [] : [name]));
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
