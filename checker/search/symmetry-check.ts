/**
 * Whether a spec treats symmetric ids alike, tried on the states of the run itself. Symmetry counts states that differ
 * by a renaming as one, which is sound only where renaming ids renames what can happen next and changes no property.
 * A spec that takes the first of some ids, or in other ways lets their order leak, is caught here and not believed.
 */

import { AsymmetryError, type Permutation } from "../../spec/lang/index.ts";
import type { Semantics, State } from "../reference/semantics.ts";

/** Every state is tried until there are this many, then one in so many. */
const triedFirst = 300;

/** True for the first states that are expanded, and for one in so many after them. */
export function isSampled(expansion: number, sampleEvery: number): boolean {
  return expansion <= triedFirst || expansion % sampleEvery === 0;
}

/**
 * Throws `AsymmetryError` where this state shows that the spec does not treat symmetric ids alike. False where the search
 * is to end and not all renamings were tried: the state must not count as expanded. 5,040 renamings can take a second.
 */
export function trySymmetry(semantics: Semantics, state: State, isToEnd: () => boolean): boolean {
  for (const permutation of semantics.permutations) {
    if (isToEnd()) return false;
    const difference = unlessItFails(() => differenceUnder(semantics, state, permutation));
    if (difference === null) continue;
    throw new AsymmetryError(difference, semantics.model.symmetric);
  }
  return true;
}

/** A spec that fails here fails in the search too, which says where and on which way. */
export function unlessItFails<T>(run: () => T | null): T | null {
  try {
    return run();
  } catch {
    return null;
  }
}

/** What differs between a state and the same state with its ids renamed, by name; or null. */
function differenceUnder(semantics: Semantics, state: State, permutation: Permutation): string | null {
  const { properties, constants } = semantics.model;
  const twin = semantics.decode(semantics.image(state, permutation));
  for (const property of properties) {
    // Of initial states each is looked at, whether or not another counts as the same.
    if (property.kind !== "invariant" || property.of !== "every-state") continue;
    if (property.holds(state, constants) !== property.holds(twin, constants)) return property.name;
  }
  const [outside, twinOutside] = [semantics.outside(null, state), semantics.outside(null, twin)];
  if (outside !== twinOutside) return outside ?? twinOutside;
  const here = stepsOf(semantics, state, (after) => semantics.image(after, permutation));
  const there = stepsOf(semantics, twin, (after) => semantics.encode(after));
  for (const [action, keys] of here) {
    if (JSON.stringify(keys.sort()) !== JSON.stringify((there.get(action) ?? []).sort())) return action;
  }
  return null;
}

/** For every action, the keys of the states it leads to, with what the step invariants say of each step. */
function stepsOf(semantics: Semantics, state: State, keyOf: (after: State) => string): Map<string, string[]> {
  const keys = new Map<string, string[]>(semantics.model.actions.map(({ name }) => [name, []]));
  const { properties, constants } = semantics.model;
  const stepInvariants = properties.filter((property) => property.kind === "step");
  for (const { action, after } of semantics.successors(state)) {
    const held = stepInvariants.map((property) =>
      !property.speaksOf(action.name) || property.holds(state, after, constants) ? "1" : "0",
    );
    keys.get(action.name)?.push(`${held.join("")} ${keyOf(after)}`);
  }
  return keys;
}
