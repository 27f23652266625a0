/** From a seed to a random program. */

import { domainOf } from "./domains.suite.ts";
import {
  condition,
  conditionOn,
  literal,
  type Making,
  type Scope,
  type Source,
  scopeOf,
  value,
  variable,
} from "./expressions.suite.ts";
import { key, member, Names } from "./names.suite.ts";
import { type ActionText, type Program, type PropertyText, type Theme, themes } from "./program.suite.ts";
import { randomOf } from "./random.suite.ts";
import {
  anyShape,
  beginsWithId,
  cardinality,
  isPlace,
  messagesShape,
  type Shape,
  type ShapeSource,
  scalarShape,
  textOf,
} from "./shapes.suite.ts";
import { type Effect, editOf, type Helper, type Piece, type StatementWeights, statements } from "./statements.suite.ts";

const weightsOf: Readonly<Record<Theme, StatementWeights>> = {
  places: { edits: 4, places: 8, iteration: 0, order: 0, numbers: 0 },
  iteration: { edits: 3, places: 0, iteration: 6, order: 0, numbers: 0 },
  order: { edits: 4, places: 0, iteration: 0, order: 6, numbers: 0 },
  domains: { edits: 6, places: 0, iteration: 0, order: 0, numbers: 0 },
  names: { edits: 6, places: 1, iteration: 0, order: 0, numbers: 0 },
  numbers: { edits: 4, places: 0, iteration: 0, order: 0, numbers: 5 },
  reductions: { edits: 6, places: 2, iteration: 0, order: 0, numbers: 0 },
  mixed: { edits: 5, places: 4, iteration: 2, order: 2, numbers: 1 },
};

/** What the parts of one program are made with. */
interface Maker {
  readonly making: Making;
  readonly theme: Theme;
  readonly shapes: ShapeSource;
  readonly idSet: string;
  readonly state: readonly { readonly name: string; readonly shape: Shape; readonly schema: string }[];
  /** The state as a source: what is dead in some states is no field of it. */
  readonly root: Source;
  readonly helpers: Helper[];
}

export function programOf(seed: number, wanted: Theme | null = null): Program {
  const random = randomOf(seed);
  const drawn = random.pick(themes);
  const theme = wanted ?? drawn;
  const names = new Names(random, theme === "names" ? 0.6 : theme === "mixed" ? 0.1 : 0);
  const features = new Set<string>();
  const isSymmetric = theme === "reductions" && random.chance(0.6);
  const making: Making = {
    random,
    names,
    isSymmetric,
    feature: (name) => features.add(name),
    operators: theme === "reductions" || theme === "names" ? 0.04 : 0.08,
    order: theme === "order" || theme === "mixed" ? 0.5 : 0,
    variables: 0,
  };
  const idSet = names.fresh("constant", "P", ["rules"]);
  const size = isSymmetric && random.chance(0.4) ? 3 : 2;
  const prefix = names.fresh("prefix", "p");
  const shapes = shapeSource(making, `c${member(idSet)}`, size);
  const state = stateOf(making, shapes, theme === "places" ? 0.8 : 0.35);
  const root: Source = {
    text: "s",
    shape: { kind: "record", fields: state.map(({ name, shape }) => [name, shape] as const) },
    isPlace: true,
    isHeld: false,
  };
  const maker: Maker = { making, theme, shapes, idSet, state, root, helpers: [] };
  const hasDead = theme === "reductions" && (!isSymmetric || random.chance(0.5));
  const fields = state.map(({ name, schema }) => ({ name, schema }));
  const helpers = random.chance(0.5) && theme !== "domains" ? helpersOf(maker) : [];
  const init = random.chance(0.7) ? initOf(maker) : null;
  const grown = random.chance(0.7) ? growthOf(maker) : null;
  const actions = Array.from({ length: (grown === null ? 2 : 1) + random.below(3) }, () => actionOf(maker));
  if (grown !== null) actions.push(grown);
  const dead = hasDead ? deadDataOf(maker) : null;
  const allActions = [...actions, ...(dead?.actions ?? [])];
  const properties = propertiesOf(maker, allActions);
  noteMaking(making);
  if (dead !== null) making.feature("reductions: dead data");
  if (init !== null && init.params.length > 0) making.feature("several initial states");
  for (const { shape } of state) for (const nesting of nestings(shape)) making.feature(`nesting: ${nesting}`);
  const isOff = random.chance(0.1);
  if (isOff) making.feature("a part that is off");
  const part = isOff ? [{ name: names.fresh("field", "f"), schema: "part(false, integer(0, 1))" }] : [];
  return {
    seed,
    theme,
    constants: [`${key(idSet)}: ids(${JSON.stringify(prefix)}, { default: ${size}, says: "The ids." })`],
    fields: [...fields, ...part, ...(dead?.fields ?? [])],
    helpers,
    init,
    actions: allActions,
    properties,
    deadData: dead?.reset ?? null,
    symmetry: isSymmetric ? idSet : null,
    deadlock: dead === null && random.chance(0.15),
    features: [...features].sort(),
  };
}

function noteMaking({ names, feature, isSymmetric }: Making): void {
  if (isSymmetric) feature("reductions: symmetry");
  if (names.odd.length > 0) feature("names: odd ones");
  for (const name of names.odd) feature(`name: ${name}`);
}

function shapeSource({ random, names }: Making, set: string, size: number): ShapeSource {
  const plainNames = random.pick([
    ["lo", "mid", "hi"],
    ["z", "a"],
    ["b", "aa", "c"],
  ]);
  const drawnNames = Array.from({ length: 2 + random.below(2) }, () => names.fresh("enum", "v"));
  const oneOfs: ShapeSource["oneOfs"] = [{ kind: "enum", names: names.odd.length > 0 ? drawnNames : plainNames }];
  return { random, names, ids: [{ kind: "id", set, size }], oneOfs };
}

/** Fields of few shapes, so that many expressions have the shape that another place takes. */
function stateOf(making: Making, shapes: ShapeSource, maps: number): Maker["state"] {
  const { random, names, isSymmetric } = making;
  const drawn: Shape[] = [];
  const usable = (shape: Shape): boolean => cardinality(shape) < 1e5 && (!isSymmetric || !beginsWithId(shape));
  while (drawn.length < 1 + random.below(2)) {
    const shape = anyShape(shapes, 1 + random.below(3));
    if (usable(shape)) drawn.push(shape);
  }
  const around = drawn.find(isPlace) ?? random.pick(drawn);
  for (const outer of [
    { kind: "map", keys: scalarShape(shapes), values: around },
    { kind: "set", element: around },
    { kind: "sequence", element: around, max: 2 },
    { kind: "option", some: around },
    { kind: "bag", element: around, copies: 1 },
  ] as const) {
    if (outer.kind === "option" && around.kind === "option") continue;
    if (random.chance(outer.kind === "map" ? maps : 0.35) && usable(outer)) drawn.push(outer);
  }
  for (let count = 0; count < 1 + random.below(2); count += 1) {
    const scalar = scalarShape(shapes);
    if (usable(scalar)) drawn.push(scalar);
  }
  const messages = random.chance(0.2) ? messagesShape(shapes) : null;
  if (messages !== null && usable(messages)) drawn.unshift(messages);
  return drawn.slice(0, 5).map((shape) => ({ name: names.fresh("field", "f"), shape, schema: begun(making, shape) }));
}

/** The schema, with the values that some fields begin with. */
function begun(making: Making, shape: Shape): string {
  const { random, feature } = making;
  if (!random.chance(0.4)) return textOf(shape);
  return textOf(shape, (inner, text) => {
    const first = random.chance(0.35) ? literal(making, inner, { sources: [] }) : null;
    if (first === null) return text;
    feature(`initially: ${inner.kind}`);
    return `initially(${text}, ${first})`;
  });
}

/** Which schemas stand directly in which, and how deep they go. */
function nestings(shape: Shape): readonly string[] {
  const inner = innerOf(shape);
  return inner.flatMap((one) => [
    `${one.kind} in ${shape.kind}`,
    ...nestings(one),
    ...(innerOf(one).length > 0 ? ["to depth three"] : []),
  ]);
}

function innerOf(shape: Shape): readonly Shape[] {
  switch (shape.kind) {
    case "option":
      return [shape.some];
    case "record":
      return shape.fields.map(([, field]) => field);
    case "map":
      return [shape.values];
    case "sequence":
    case "set":
    case "bag":
      return [shape.element];
    case "union":
      return shape.cases.flatMap(([, fields]) => fields.map(([, field]) => field));
    default:
      return [];
  }
}

function effectOf(maker: Maker, roots: readonly Source[], count: number): readonly Piece[] {
  const effect: Effect = { making: maker.making, roots, helpers: maker.helpers, weights: weightsOf[maker.theme] };
  return statements(effect, count);
}

function helpersOf(maker: Maker): Program["helpers"] {
  const { making, root } = maker;
  const places = scopeOf(making, [root]).sources.filter(({ isPlace: inPlace, text }) => inPlace && text !== "s");
  if (places.length === 0) return [];
  const { shape } = making.random.pick(places);
  const place: Source = { text: "place", shape, isPlace: true, isHeld: false };
  const other: Source = { text: "other", shape, isPlace: false, isHeld: true };
  const body = effectOf(maker, [place, other], 1 + making.random.below(2));
  maker.helpers.push({ name: "help", shape });
  return [{ name: "help", body }];
}

function initOf(maker: Maker): Program["init"] {
  const { name: _, ...init } = actionOf(maker, "init");
  const { making, root } = maker;
  const places = scopeOf(making, [root]).sources.filter(({ isPlace: inPlace, text }) => inPlace && text !== "s");
  const filled = places.flatMap((place) => {
    const text = editOf(making, place, { sources: [] });
    return text === null || making.random.chance(0.3) ? [] : [{ text }];
  });
  const { random, feature } = making;
  const state = scopeOf(making, [root]);
  const guard =
    init.guard !== "true" || random.chance(0.75) ? init.guard : random.chance(0.1) ? "false" : condition(making, state);
  if (guard !== "true") feature("init: a guard");
  if (guard === "false") feature("init: no state");
  return { ...init, guard, body: [...filled, ...init.body] };
}

function actionOf(maker: Maker, group: "action" | "init" = "action"): ActionText {
  const { making, root, theme } = maker;
  const { random, names } = making;
  const name = names.fresh(group, "A", ["Init"]);
  const state = scopeOf(making, [root]);
  const count = theme === "domains" && group === "action" ? 1 + random.below(2) : random.below(3);
  const params: (ActionText["params"][number] & { readonly shape: Shape })[] = [];
  for (let index = 0; index < count; index += 1) {
    const found = group === "init" ? 0.1 : theme === "domains" ? 0.8 : 0.35;
    const domain = domainOf(making, maker.shapes, { state, earlier: params }, random.chance(found));
    if (domain === null || params.reduce((all, { shape }) => all * cardinality(shape), domain.count) > 24) continue;
    if (group === "init" && domain.domain.startsWith("P.found")) making.feature("init: found");
    params.push({ name: names.fresh(`param ${name}`, "a"), variable: variable(making, "p"), ...domain });
  }
  const large = group === "action" && params.length === 0 && random.chance(0.01) ? largeParameter(making) : null;
  if (large !== null) params.push(large);
  const roots = [root, ...params.map(({ variable: text, shape }) => ({ text, shape, isPlace: false, isHeld: false }))];
  const scope = scopeOf(making, roots);
  const shared = large === null ? guardOf(making, scope) : `${large.variable} % ${Math.max(37, large.size / 3)} === 1`;
  const body = effectOf(maker, roots, 1 + random.below(theme === "names" ? 2 : 4));
  return { name, params, guard: shared, body };
}

/** An action that gives a collection any one element more, or a field any value. */
function growthOf({ making, root }: Maker): ActionText | null {
  const { random, names } = making;
  const places = scopeOf(making, [root]).sources.filter(({ isPlace: inPlace, shape }) => {
    const element = elementOf(shape);
    return inPlace && element !== null && cardinality(element) <= 12;
  });
  if (places.length === 0) return null;
  const place = random.pick(places);
  const element = elementOf(place.shape);
  if (element === null) return null;
  const taken = variable(making, "p");
  const { text, shape } = place;
  const add =
    shape.kind === "set"
      ? `${text}.add(${taken});`
      : shape.kind === "bag"
        ? `if (${text}.copies(${taken}) < ${shape.copies}) ${text}.add(${taken});`
        : shape.kind === "sequence"
          ? `if (${text}.length < ${shape.max}) ${text}.push(${taken});`
          : `${text}.fill(${taken});`;
  const params = [{ name: names.fresh("param growth", "a"), variable: taken, domain: textOf(element) }];
  const guard = guardOf(making, scopeOf(making, [root]));
  return { name: names.fresh("action", "A", ["Init"]), params, guard, body: [{ text: add }] };
}

function elementOf(shape: Shape): Shape | null {
  if (shape.kind === "map") return shape.values;
  return shape.kind === "set" || shape.kind === "bag" || shape.kind === "sequence" ? shape.element : null;
}

function guardOf(making: Making, scope: Scope): string {
  return making.random.chance(0.2) ? condition(making, scope) : "true";
}

function largeParameter(making: Making) {
  const size = making.random.pick([100, 100, 100, 1000, 1000, 10_000, 100_000]);
  making.feature(`domains: a parameter of ${size} values`);
  const shape: Shape = { kind: "integer", min: 1, max: size };
  return { name: "large", variable: variable(making, "p"), domain: textOf(shape), shape, size };
}

function propertiesOf({ making, root }: Maker, allActions: readonly ActionText[]): readonly PropertyText[] {
  const { random, names } = making;
  const actions = allActions.map(({ name }) => name);
  const before: Source = { ...root, text: "before", isPlace: false };
  const state = scopeOf(making, [{ ...root, isPlace: false }]);
  const step = scopeOf(making, [{ ...root, isPlace: false }, before]);
  const made: PropertyText[] = [];
  const add = (kind: PropertyText["kind"], chance: number, test: (scope: Scope) => string): void => {
    if (!random.chance(chance)) return;
    const isStep = kind === "stepInvariant" || kind === "reachableStep" || kind === "actionConstraint";
    const scope = isStep ? step : state;
    const when = kind.endsWith("nvariant") && random.chance(0.4) ? condition(making, scope) : null;
    const group = kind.endsWith("Constraint") ? "constraint" : "property";
    const of = kind === "stepInvariant" && random.chance(0.4) ? actions.filter(() => random.chance(0.5)) : null;
    made.push({ kind, name: names.fresh(group, "N", ["deadlock"]), when, of, test: test(scope) });
    making.feature(`facts: ${kind}${when === null ? "" : " with when"}`);
    if (of !== null) making.feature(`facts: ${kind} of actions`);
  };
  const seldom = (scope: Scope): string =>
    `!(${condition(making, scope)}) || ${condition(making, scope)} || !(${condition(making, scope)})`;
  for (let count = 0; count < 3; count += 1) add("reachable", 0.7, (scope) => condition(making, scope));
  add("reachableStep", 0.5, (scope) => condition(making, scope));
  add("invariant", 0.3, seldom);
  add("stepInvariant", 0.2, seldom);
  add("initialInvariant", 0.15, seldom);
  if (random.chance(0.15)) {
    const fields = root.shape.kind === "record" ? root.shape.fields.map(([name]) => `s${member(name)}`) : [];
    const most = actions.filter(() => random.chance(0.85));
    const one = random.pick(fields);
    const test = random.chance(0.6) ? one : `[${fields.join(", ")}]`;
    made.push({ kind: "changedOnlyBy", name: names.fresh("property", "N", ["deadlock"]), when: null, of: most, test });
    making.feature("facts: changedOnlyBy");
  }
  add("stateConstraint", 0.12, (scope) => condition(making, scope));
  add("actionConstraint", 0.12, (scope) => condition(making, scope));
  return made;
}

/**
 * A field that is written when a control field is raised, and read only when it is lowered: while it is low, nothing will
 * read the field before it is written. No other part of the program names the two.
 */
function deadDataOf({ making, shapes, root }: Maker) {
  const { random, names } = making;
  const [control, dead] = [names.fresh("field", "f"), names.fresh("field", "f")];
  const [stays, resets]: readonly [Shape, string] = random.pick([
    [{ kind: "integer", min: 0, max: 2 }, `s${member(dead)} = 0;`],
    [{ kind: "set", element: scalarShape({ ...shapes, ids: shapes.ids }) }, `s${member(dead)}.clear();`],
    [{ kind: "sequence", element: { kind: "boolean" }, max: 2 }, `s${member(dead)}.clear();`],
  ] as const);
  const scope = scopeOf(making, [root]);
  const next = value(making, stays, scope);
  const written = stays.kind === "integer" ? `s${member(dead)} = ${next};` : `s${member(dead)}.assign(${next});`;
  const read = { text: `s${member(dead)}`, shape: stays, isPlace: false, isHeld: false };
  const test = conditionOn(making, read, { sources: [] });
  const integers = scope.sources.filter(
    ({ shape, text }) => shape.kind === "integer" && /^s(\.\w+|\["[^"]*"\])$/.test(text),
  );
  const target = integers.length === 0 ? null : random.pick(integers);
  const used =
    target === null || target.shape.kind !== "integer"
      ? []
      : [{ text: `if (${test}) ${target.text} = ${target.shape.max};` }];
  const action = (name: string, guard: string, body: readonly Piece[]): ActionText => ({
    name,
    params: [],
    guard,
    body,
  });
  const level = `s${member(control)}`;
  return {
    fields: [
      { name: control, schema: "boolean()" },
      { name: dead, schema: textOf(stays) },
    ],
    actions: [
      action(names.fresh("action", "A", ["Init"]), `!${level}`, [
        { text: `${level} = true;` },
        { text: next === null ? resets : written },
      ]),
      action(names.fresh("action", "A", ["Init"]), level, [...used, { text: `${level} = false;` }]),
    ],
    reset: `if (!${level}) ${isPlace(stays) ? resets : resets}`,
  };
}
