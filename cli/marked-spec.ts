/** A declaration whose functions say when they are called: all that an author can write and a run can call. */
import { types } from "node:util";
import type { Action, Constraint, DeadData, ModelDeclaration, Params, Property, Spec } from "../spec/lang/index.ts";
import type { Calls } from "./calls.ts";

export function markedDeclaration(declaration: ModelDeclaration, calls: Calls): ModelDeclaration {
  return { ...declaration, spec: markedSpec(declaration.spec, calls) };
}

function markedSpec(spec: Spec, calls: Calls): Spec {
  const { name, state, init, actions, properties, constraints, view, deadData } = spec;
  return {
    ...spec,
    state: calls.marked(`the state schema of ${name}`, state),
    init: markedAction(init, calls),
    actions: actions.map((action) => markedAction(action, calls)),
    properties: properties.map((property) => markedProperty(property, calls)),
    constraints: constraints.map((constraint) => markedConstraint(constraint, calls)),
    view: view === null ? null : calls.marked("the view", view),
    deadData: deadData === null ? null : markedDeadData(deadData, calls),
  };
}

function markedAction(action: Action, calls: Calls): Action {
  const { name, part, params, guard, effect } = action;
  const listed = calls.marked(`the parameters of ${name}`, params);
  return {
    ...action,
    part: calls.marked(`the part of ${name}`, part),
    params: (c) => markedDomains(name, listed(c), calls),
    guard: calls.marked(`the guard of ${name}`, guard),
    effect: calls.marked(`the effect of ${name}`, effect),
  };
}

/**
 * A domain may be a generator, which does its work while it is iterated: so it is iterated here. Anything else is handed on
 * untouched: a domain that returns a bag as it is must be seen to do so.
 */
function markedDomains(action: string, params: Params, calls: Calls): Params {
  const domains = Object.entries(params).map(([name, domain]) => {
    if (domain.kind !== "found" || !("in" in domain)) return [name, domain] as const;
    const elements = domain.in;
    const all = (state: never, earlier: never, constants: never): Iterable<unknown> => {
      const found = elements(state, earlier, constants);
      return types.isGeneratorObject(found) ? [...found] : found;
    };
    return [name, { ...domain, in: calls.marked(`the domain of the parameter ${action}.${name}`, all) }] as const;
  });
  return Object.fromEntries(domains);
}

function markedProperty(property: Property, calls: Calls): Property {
  const { name } = property;
  const part = calls.marked(`the part of ${name}`, property.part);
  switch (property.kind) {
    case "invariant": {
      const { when } = property;
      const marked = when === null ? null : calls.marked(`the antecedent of ${name}`, when);
      return { ...property, part, when: marked, holds: calls.marked(`the invariant ${name}`, property.holds) };
    }
    case "step": {
      const { when } = property;
      const marked = when === null ? null : calls.marked(`the antecedent of ${name}`, when);
      return { ...property, part, when: marked, holds: calls.marked(`the step invariant ${name}`, property.holds) };
    }
    case "reachable":
      return { ...property, part, goal: calls.marked(`the goal ${name}`, property.goal) };
    default:
      return { ...property, part };
  }
}

function markedConstraint(constraint: Constraint, calls: Calls): Constraint {
  const what = `the constraint ${constraint.name}`;
  return constraint.kind === "state-constraint"
    ? { ...constraint, within: calls.marked(what, constraint.within) }
    : { ...constraint, within: calls.marked(what, constraint.within) };
}

function markedDeadData(deadData: DeadData, calls: Calls): DeadData {
  const what = "what the spec calls dead data";
  return {
    ...deadData,
    reset: calls.marked(what, deadData.reset),
    elements: deadData.elements.map((elements) => ({
      in: calls.marked(what, elements.in),
      isDead: calls.marked(what, elements.isDead),
    })),
  };
}
