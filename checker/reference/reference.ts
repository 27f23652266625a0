/**
 * The reference checker: breadth-first search over plain objects and exact keys, without a single trick. It is the
 * oracle every faster engine is compared with, and the place to learn what the numbers of a report mean.
 *
 * `distinct` counts different states, `generated` counts initial states and every successor with repeats and
 * self-loops, `depth` counts the levels of the graph, the initial one included: what TLC means by these words.
 */
import { type Invariant, type Model, SpecError } from "../../spec/lang/index.ts";
import { type Choice, Semantics, type State, type Step } from "./semantics.ts";

/** One line of a behaviour: how the state came about, and the state. */
export interface TraceStep {
  /** The action that led here; "Init" for the first state. */
  readonly action: string;
  readonly choice: Choice;
  readonly state: State;
}

export interface ReferenceResult {
  readonly verdict: "holds" | "violated";
  /** The property that is false, or "deadlock", or null where everything holds. */
  readonly violated: string | null;
  /** A shortest behaviour that ends in the violation. */
  readonly trace: readonly TraceStep[] | null;
  readonly distinct: number;
  readonly generated: number;
  /** The levels found, the initial one included; where a violation ended the run, of the graph as far as it was found. */
  readonly depth: number;
  /** The names of the reachable goals that some state meets. */
  readonly reached: readonly string[];
}

/** A state on its way to be expanded, with the behaviour that led to it. */
interface Node {
  readonly key: string;
  readonly step: Omit<Step, "after">;
  readonly parent: Node | null;
}

/** Explores all states of a model. What the spec itself throws comes out as it is. */
export function check(model: Model): ReferenceResult {
  refuseTemporal(model);
  const semantics = new Semantics(model);
  const seen = new Set<string>();
  const reached = new Set<string>();
  let generated = 0;
  // Levels expanded so far, and levels that have a state.
  let expanded = 0;
  let depth = 0;
  let next: Node[] = [];

  /** Takes in one generated state; the name of what is false there, or null. */
  const visit = (node: Node, before: State | null, after: State): string | null => {
    generated += 1;
    const broken = falseStep(model, before, after, node.step.action.name);
    if (broken !== null) return broken;
    for (const goal of goalsMet(model, before, after)) reached.add(goal);
    // A state outside the constraints is checked, and neither counted as distinct nor expanded.
    if (semantics.outside(before, after) !== null) return falseState(model, after);
    const identity = semantics.identity(after, node.key);
    if (seen.has(identity)) return null;
    seen.add(identity);
    next.push(node);
    depth = expanded + 1;
    return falseState(model, after);
  };

  const result = (violated: string | null, last: Node | null): ReferenceResult => ({
    verdict: violated === null ? "holds" : "violated",
    violated,
    trace: last === null ? null : behaviour(last, semantics),
    distinct: seen.size,
    generated,
    depth,
    reached: [...reached].sort(),
  });

  for (const step of semantics.initial()) {
    const node = { key: semantics.encode(step.after), step, parent: null };
    const violated = visit(node, null, step.after);
    if (violated !== null) return result(violated, node);
  }
  while (next.length > 0) {
    expanded += 1;
    const level = next;
    next = [];
    for (const parent of level) {
      const before = semantics.decode(parent.key);
      let successors = 0;
      for (const { action, choice, after } of semantics.successors(before)) {
        successors += 1;
        const node = { key: semantics.encode(after), step: { action, choice }, parent };
        const violated = visit(node, before, after);
        if (violated !== null) return result(violated, node);
      }
      if (successors === 0 && model.checksDeadlock) return result("deadlock", parent);
    }
  }
  return result(null, null);
}

/** A verdict that passes over a property would be wrong, and no version checks temporal ones yet. */
export function refuseTemporal({ name, properties }: Model): void {
  const temporal = properties.find(({ kind }) => kind === "leads-to" || kind === "always-eventually");
  if (temporal === undefined) return;
  throw new SpecError(`${name}: ${temporal.name} is temporal, and is not checked yet: choose the other properties`);
}

/** The first invariant that is false in this state. An invariant with an antecedent speaks only where that is true. */
function falseState(model: Model, state: State): string | null {
  return falseAmong(model, state, "every-state");
}

function falseAmong({ properties, constants }: Model, state: State, of: Invariant["of"]): string | null {
  for (const property of properties) {
    if (property.kind !== "invariant" || property.of !== of) continue;
    const speaks = property.when === null || property.when(state, constants);
    if (speaks && !property.holds(state, constants)) return property.name;
  }
  return null;
}

/** The first step invariant that this transition breaks, or the first invariant of initial states where there is none. */
function falseStep(model: Model, before: State | null, after: State, action: string): string | null {
  if (before === null) return falseAmong(model, after, "initial-states");
  const { properties, constants } = model;
  for (const property of properties) {
    if (property.kind !== "step" || !property.speaksOf(action)) continue;
    const speaks = property.when === null || property.when(before, after, constants);
    if (speaks && !property.holds(before, after, constants)) return property.name;
  }
  return null;
}

function goalsMet({ properties, constants }: Model, before: State | null, after: State): readonly string[] {
  const goals = properties.filter((property) => property.kind === "reachable");
  return goals.filter((goal) => goal.goal(before, after, constants)).map((goal) => goal.name);
}

/** The behaviour from an initial state to this node. */
function behaviour(last: Node, semantics: Semantics): readonly TraceStep[] {
  const trace: TraceStep[] = [];
  for (let node: Node | null = last; node !== null; node = node.parent) {
    const { action, choice } = node.step;
    trace.unshift({ action: action.name, choice, state: semantics.decode(node.key) });
  }
  return trace;
}
