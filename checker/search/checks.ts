import type { Model, Property } from "../../spec/lang/index.ts";
import type { Semantics, State } from "../reference/semantics.ts";
import type { Finding } from "./outcome.ts";

type Of<K extends Property["kind"]> = Extract<Property, { kind: K }>;

/** Evaluates the properties of a model, and remembers which antecedents were ever true. */
export class Checks {
  readonly #semantics: Semantics;
  readonly #constants: unknown;
  readonly #invariants: readonly Of<"invariant">[];
  readonly #initialInvariants: readonly Of<"invariant">[];
  readonly #stepInvariants: readonly Of<"step">[];
  #goals: readonly Of<"reachable">[];
  readonly #vacuous: Set<string>;

  constructor(semantics: Semantics) {
    const { model } = semantics;
    this.#semantics = semantics;
    this.#constants = model.constants;
    const invariants = ofKind(model, "invariant");
    this.#invariants = invariants.filter((property) => property.of === "every-state");
    this.#initialInvariants = invariants.filter((property) => property.of === "initial-states");
    this.#stepInvariants = ofKind(model, "step");
    this.#goals = ofKind(model, "reachable");
    const conditional = [...invariants, ...this.#stepInvariants].filter((property) => property.when !== null);
    this.#vacuous = new Set(conditional.map((property) => property.name));
  }

  /** Names of properties whose antecedent was never true so far. */
  get vacuous(): readonly string[] {
    return [...this.#vacuous];
  }

  /** The first invariant that is false here. */
  state(state: State): Finding | null {
    return this.#falseHere(this.#invariants, state);
  }

  #falseHere(invariants: readonly Of<"invariant">[], state: State): Finding | null {
    for (const property of invariants) {
      const { when, name } = property;
      const holds = this.#semantics.evaluate("invariant", name, () => {
        if (when === null) return property.holds(state, this.#constants);
        if (!when(state, this.#constants)) return true;
        this.#vacuous.delete(name);
        return property.holds(state, this.#constants);
      });
      if (!holds) return { kind: "invariant", property };
    }
    return null;
  }

  /**
   * The first step invariant that this transition of an action breaks; where there is no state before, the first
   * invariant of initial states that is false.
   */
  step(before: State | null, after: State, action: string): Finding | null {
    if (before === null) return this.#falseHere(this.#initialInvariants, after);
    for (const property of this.#stepInvariants) {
      const { when, name } = property;
      if (!property.speaksOf(action)) continue;
      const holds = this.#semantics.evaluate("step", name, () => {
        if (when === null) return property.holds(before, after, this.#constants);
        if (!when(before, after, this.#constants)) return true;
        this.#vacuous.delete(name);
        return property.holds(before, after, this.#constants);
      });
      if (!holds) return { kind: "step", property };
    }
    return null;
  }

  /** The goals that this state, or the transition to it, is the first to meet. */
  goalsMetFirst(before: State | null, after: State): readonly Of<"reachable">[] {
    if (this.#goals.length === 0) return [];
    const met = this.#goals.filter((p) =>
      this.#semantics.evaluate("reachable", p.name, () => p.goal(before, after, this.#constants)),
    );
    if (met.length > 0) this.#goals = this.#goals.filter((property) => !met.includes(property));
    return met;
  }
}

function ofKind<K extends Property["kind"]>(model: Model, kind: K): readonly Of<K>[] {
  return model.properties.filter((property): property is Of<K> => property.kind === kind);
}
