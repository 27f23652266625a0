/** Models that are drawn rather than written: a state is the number of a node, a transition an edge. */
import fc from "fast-check";
import {
  type Action,
  type Constraint,
  instantiate,
  integer,
  type Model,
  type ModelDeclaration,
  type Property,
  protocol,
  record,
} from "../../spec/lang/index.ts";

export type Edge = readonly [from: number, to: number];

export interface Graph {
  /** Initial nodes, repeats allowed. */
  readonly initial: readonly number[];
  /** The edges of each action, repeats and self-loops allowed. */
  readonly actions: Readonly<Record<string, readonly Edge[]>>;
  /** The nodes where the invariant `Safe` is false. */
  readonly bad?: readonly number[];
  /** The transitions that the step invariant `SafeStep` forbids. */
  readonly badSteps?: readonly Edge[];
  /** `Safe` speaks of these nodes only. */
  readonly when?: readonly number[];
  /** Reachable goals by name: the nodes that meet them. */
  readonly goals?: Readonly<Record<string, readonly number[]>>;
  /** Nodes outside the state constraint `Inside`. */
  readonly outside?: readonly number[];
  /** Transitions outside the action constraint `InsideStep`. */
  readonly outsideSteps?: readonly Edge[];
  /** Nodes with equal remainders look alike. */
  readonly viewModulo?: number;
  readonly terminates?: boolean;
}

const nodeMax = 63;

const graphs = protocol("Graph", { constants: {}, state: () => record({ at: integer(0, nodeMax) }) });

export function graphModel(graph: Graph, declaration: Partial<ModelDeclaration> = {}): Model {
  const { viewModulo, terminates = false, initial } = graph;
  const spec = graphs.spec({
    says: "A graph.",
    init: {
      params: () => ({ start: integer(0, Math.max(0, initial.length - 1)) }),
      guard: (_, { start }) => start < initial.length,
      effect: (s, { start }) => {
        s.at = initial[start] ?? 0;
      },
    },
    actions: Object.entries(graph.actions).map(([name, edges]) => actionOf(name, edges)),
    properties: propertiesOf(graph),
    constraints: constraintsOf(graph),
    ...(viewModulo === undefined ? {} : { view: (s) => s.at % viewModulo }),
    terminates,
  });
  return modelOf({ name: "graph", spec, says: "A graph.", ...declaration });
}

const anyNode = fc.nat(7);
const anyEdge: fc.Arbitrary<Edge> = fc.tuple(anyNode, anyNode);
const someNodes = fc.array(anyNode, { maxLength: 2 });
const someEdges = fc.array(anyEdge, { maxLength: 2 });

/** Eight nodes at most, with everything that a graph can have; a view aside, which hides behaviours. */
export const anyGraph: fc.Arbitrary<Graph> = fc.record(
  {
    initial: fc.array(anyNode, { maxLength: 3 }),
    actions: fc.record({ Go: fc.array(anyEdge, { maxLength: 10 }), Run: fc.array(anyEdge, { maxLength: 6 }) }),
    bad: someNodes,
    badSteps: someEdges,
    when: fc.array(anyNode, { maxLength: 6 }),
    goals: fc.record({ Far: someNodes, Near: someNodes }),
    outside: someNodes,
    outsideSteps: someEdges,
    terminates: fc.boolean(),
  },
  { requiredKeys: ["initial", "actions"] },
);

/** The model of a declaration that a test takes to be in order. */
export function modelOf(declaration: ModelDeclaration): Model {
  const model = instantiate(declaration);
  if (!model.ok) throw new Error(JSON.stringify(model.problems));
  return model.value;
}

function actionOf(name: string, edges: readonly Edge[]): Action {
  return graphs.action(name, {
    says: "Follows an edge.",
    params: () => ({ edge: integer(0, Math.max(0, edges.length - 1)) }),
    guard: (s, { edge }) => edges[edge]?.[0] === s.at,
    effect: (s, { edge }) => {
      s.at = edges[edge]?.[1] ?? 0;
    },
  });
}

function propertiesOf({ bad, badSteps, when, goals = {} }: Graph): readonly Property[] {
  const properties: Property[] = [];
  if (bad !== undefined) {
    const antecedent = when === undefined ? {} : { when: (s: { at: number }) => when.includes(s.at) };
    properties.push(graphs.invariant("Safe", { says: "Not bad.", ...antecedent, holds: (s) => !bad.includes(s.at) }));
  }
  if (badSteps !== undefined) {
    const holds = (a: { at: number }, b: { at: number }): boolean => !hasEdge(badSteps, a.at, b.at);
    properties.push(graphs.stepInvariant("SafeStep", { says: "No bad step.", holds }));
  }
  for (const [name, nodes] of Object.entries(goals)) {
    properties.push(graphs.reachable(name, { says: "A goal.", goal: (s) => nodes.includes(s.at) }));
  }
  return properties;
}

function constraintsOf({ outside, outsideSteps }: Graph): readonly Constraint[] {
  const constraints: Constraint[] = [];
  if (outside !== undefined) {
    constraints.push(graphs.stateConstraint("Inside", { says: "Inside.", within: (s) => !outside.includes(s.at) }));
  }
  if (outsideSteps !== undefined) {
    const within = (a: { at: number }, b: { at: number }): boolean => !hasEdge(outsideSteps, a.at, b.at);
    constraints.push(graphs.actionConstraint("InsideStep", { says: "A step inside.", within }));
  }
  return constraints;
}

export function hasEdge(edges: readonly Edge[], from: number, to: number): boolean {
  return edges.some((edge) => edge[0] === from && edge[1] === to);
}
