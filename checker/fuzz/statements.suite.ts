/** Random statements of effects. */
import {
  condition,
  conditionOn,
  givenOf,
  listed,
  type Making,
  type Scope,
  type Source,
  scopeOf,
  value,
  variable,
} from "./expressions.suite.ts";
import { key, member } from "./names.suite.ts";
import { keyedText, mapText } from "./operators.suite.ts";
import { weighted } from "./random.suite.ts";
import { isPlace, type Shape, textOf } from "./shapes.suite.ts";

/** A piece of a program that can be left out: a line, or a block with pieces in it. */
export interface Piece {
  readonly text: string;
  /** Absent where the piece is no block. */
  readonly body?: readonly Piece[];
}

/** A helper function of the program: what it edits is of this shape. */
export interface Helper {
  readonly name: string;
  readonly shape: Shape;
}

export interface Effect {
  readonly making: Making;
  readonly roots: readonly Source[];
  readonly helpers: readonly Helper[];
  readonly weights: StatementWeights;
}

export type StatementWeights = Readonly<Record<"edits" | "places" | "iteration" | "order" | "numbers", number>>;

/** What a statement adds to the function: pieces, and the variables that later statements may use. */
interface Statement {
  readonly pieces: readonly Piece[];
  readonly declares?: readonly Source[];
}

/** So many statements, each of which may use the variables of those before it. */
export function statements(effect: Effect, count: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let { roots } = effect;
  for (let index = 0; index < count; index += 1) {
    const made = statement({ ...effect, roots });
    if (made === null) continue;
    pieces.push(...made.pieces);
    roots = [...roots, ...(made.declares ?? [])];
  }
  return pieces;
}

function statement(effect: Effect): Statement | null {
  const { making, roots, weights } = effect;
  const scope = scopeOf(making, roots);
  for (let tries = 0; tries < 4; tries += 1) {
    const made = weighted<(effect: Effect, scope: Scope) => Statement | null>(making.random, [
      [weights.edits, plain],
      [weights.places, placesStatement],
      [making.isSymmetric ? 0 : weights.iteration, iterationStatement],
      [making.isSymmetric ? 0 : weights.order, orderStatement],
      [weights.numbers, numberStatement],
    ])(effect, scope);
    if (made !== null) return made;
  }
  return null;
}

const line = (text: string): Statement => ({ pieces: [{ text }] });
const lineOrNone = (text: string | null): Statement | null => (text === null ? null : line(text));

function plain(effect: Effect, scope: Scope): Statement | null {
  const { making } = effect;
  const { random } = making;
  if (random.chance(0.06)) {
    making.feature("places: an early return");
    return line(`if (${condition(making, scope)}) return;`);
  }
  if (random.chance(0.12)) {
    const body = statements(effect, 1 + random.below(2));
    return body.length === 0 ? null : { pieces: [{ text: `if (${condition(making, scope)})`, body }] };
  }
  return lineOrNone(editOf(making, anyPlace(making, scope), scope));
}

/** A place to edit. One that is held in a variable is taken less often: it may have been replaced. */
function anyPlace({ random }: Making, { sources }: Scope, ...kinds: readonly Shape["kind"][]): Source | null {
  const places = sources.filter(
    ({ isPlace: inPlace, shape }) => inPlace && (kinds.length === 0 || kinds.includes(shape.kind)),
  );
  const direct = places.filter(({ isHeld }) => !isHeld);
  const from = direct.length > 0 && random.chance(0.85) ? direct : places;
  return from.length === 0 ? null : random.pick(from);
}

/** A statement that edits the place. */
export function editOf(making: Making, place: Source | null, scope: Scope): string | null {
  if (place === null) return null;
  const { random } = making;
  const { text, shape } = place;
  switch (shape.kind) {
    case "record": {
      if (shape.fields.length === 0) return null;
      const [name, field] = random.pick(shape.fields);
      const inner = { ...place, text: `${text}${member(name)}`, shape: field };
      return isPlace(field) ? editOf(making, inner, scope) : assignment(making, inner.text, field, scope);
    }
    case "map": {
      const at = value(making, shape.keys, scope);
      if (at === null) return null;
      if (isPlace(shape.values) && random.chance(0.4))
        return editOf(making, { ...place, text: `${text}.get(${at})`, shape: shape.values }, scope);
      if (random.chance(0.25)) {
        const whole = mapEdit(making, text, shape, scope);
        if (whole !== null) return whole;
      }
      const next = value(making, shape.values, scope);
      if (next === null) return null;
      making.feature(`places: a map of ${shape.values.kind} is set or filled`);
      return random.chance(0.75) ? `${text}.set(${at}, ${next});` : `${text}.fill(${next});`;
    }
    case "sequence":
      return sequenceEdit(making, text, shape, scope);
    case "set":
      return setEdit(making, text, shape, scope);
    case "bag": {
      const element = value(making, shape.element, scope);
      if (element === null || random.chance(0.05)) return `${text}.clear();`;
      return random.chance(0.75)
        ? `if (${text}.copies(${element}) < ${shape.copies}) ${text}.add(${element});`
        : `if (${text}.has(${element})) ${text}.remove(${element});`;
    }
    default:
      return null;
  }
}

/** A statement that gives a map all its values anew. */
function mapEdit(making: Making, text: string, shape: Extract<Shape, { readonly kind: "map" }>, scope: Scope) {
  const { random, feature } = making;
  const given = givenOf(making, scope);
  const name = variable(making, "k");
  if (random.chance(0.3)) {
    const other = keyedText(given, name, shape);
    if (other === null) return null;
    feature("places: setEach");
    const test = conditionOn(making, { text: name, shape: shape.keys }, { sources: [] });
    return `setEach(${text}, (${name}) => (${test} ? ${text}.get(${name}) : ${other}));`;
  }
  const maps = scope.sources.filter((one) => textOf(one.shape) === textOf(shape) && one.text !== text);
  const isOther = maps.length > 0 && random.chance(0.5);
  const whole = isOther ? random.pick(maps).text : mapText(given, shape);
  if (whole === null) return null;
  feature(`places: a map of ${shape.values.kind} is assigned`);
  if (isOther) feature("places: a map is assigned to another");
  return `${text}.assign(${whole});`;
}

function assignment(making: Making, text: string, shape: Shape, scope: Scope): string | null {
  const next = value(making, shape, scope, text);
  if (next === null) return null;
  if (shape.kind === "option" || shape.kind === "union") making.feature(`places: a field ${shape.kind} is assigned`);
  return `${text} = ${next};`;
}

function sequenceEdit(
  making: Making,
  text: string,
  shape: Extract<Shape, { readonly kind: "sequence" }>,
  scope: Scope,
): string {
  const { random } = making;
  const element = value(making, shape.element, scope);
  const whole = value(making, shape, scope, text);
  const choices = [`${text}.truncate(0);`, `${text}.clear();`, `if (${text}.length > 0) ${text}.shift();`];
  const tail = `${text}.assign([...${text}].slice(1));`;
  if (element === null) return random.pick(choices);
  const push = `if (${text}.length < ${shape.max}) ${text}.push(${element});`;
  const set = `if (${text}.length > 0) ${text}.set(1, ${element});`;
  const assigned = whole === null ? tail : `${text}.assign(${whole});`;
  return random.chance(0.15)
    ? random.pick(choices)
    : random.pick([push, push, push, push, set, set, tail, assigned, assigned]);
}

function setEdit(making: Making, text: string, shape: Extract<Shape, { readonly kind: "set" }>, scope: Scope): string {
  const { random } = making;
  const element = value(making, shape.element, scope);
  const whole = value(making, shape, scope, text);
  const choices: (readonly [number, string])[] = [[1, `${text}.clear();`]];
  if (element !== null) choices.push([7, `${text}.add(${element});`], [2, `${text}.remove(${element});`]);
  if (whole !== null) choices.push([3, `${text}.assign(${whole});`]);
  return weighted(random, choices);
}

function placesStatement(effect: Effect, scope: Scope): Statement | null {
  const { making, helpers } = effect;
  const { random } = making;
  return weighted<() => Statement | null>(random, [
    [5, () => held(making, scope)],
    [5, () => swap(making, scope)],
    [3, () => rotation(making, scope)],
    [2, () => replacement(making, scope)],
    [2, () => selfAssigned(making, scope)],
    [1, () => valueWrite(making, scope)],
    [3, () => destructured(making, scope)],
    [helpers.length === 0 ? 0 : 4, () => helperCall(making, random.pick(helpers), scope)],
  ])();
}

function held(making: Making, scope: Scope): Statement | null {
  const place = anyPlace(making, scope);
  if (place === null || place.text === "s") return null;
  const name = variable(making, "x");
  const next = making.random.chance(0.2) ? value(making, place.shape, scope) : null;
  if (next !== null) {
    making.feature("places: a value is held in a variable");
    const declared = { text: name, shape: place.shape, isPlace: false, isHeld: true };
    return { pieces: [{ text: `const ${name} = ${next};` }], declares: [declared] };
  }
  making.feature(`places: a ${place.shape.kind} is held in a variable`);
  return {
    pieces: [{ text: `const ${name} = ${place.text};` }],
    declares: [{ ...place, text: name, isHeld: true }],
  };
}

/** A map of places, and two of its keys. */
function mapOfPlaces(making: Making, scope: Scope, count: number) {
  const { random } = making;
  const maps = scope.sources.filter(
    ({ isPlace: inPlace, shape }) => inPlace && shape.kind === "map" && isPlace(shape.values),
  );
  if (maps.length === 0) return null;
  const map = random.pick(maps);
  if (map.shape.kind !== "map") return null;
  const { keys, values } = map.shape;
  const taken: string[] = [];
  for (let tries = 0; tries < 12 && taken.length < count; tries += 1) {
    const at = value(making, keys, making.isSymmetric ? scope : { sources: [] });
    if (at !== null && !taken.includes(at)) taken.push(at);
  }
  return taken.length === count ? { text: map.text, shape: map.shape, values, keys: taken } : null;
}

function swap(making: Making, scope: Scope): Statement | null {
  const map = mapOfPlaces(making, scope, 2);
  if (map === null) return null;
  const [one, two] = map.keys;
  const name = variable(making, "x");
  making.feature(`places: a swap in a map of ${map.values.kind}`);
  return {
    pieces: [
      { text: `const ${name} = ${map.text}.get(${one});` },
      { text: `${map.text}.set(${one}, ${map.text}.get(${two}));` },
      { text: `${map.text}.set(${two}, ${name});` },
    ],
    declares: [{ text: name, shape: map.values, isPlace: true, isHeld: true }],
  };
}

function rotation(making: Making, scope: Scope): Statement | null {
  const map = mapOfPlaces(making, scope, 2);
  if (map === null) return null;
  const names = map.keys.map(() => variable(making, "x"));
  making.feature("places: a rotation");
  const taken = map.keys.map((at, index) => ({ text: `const ${names[index]} = ${map.text}.get(${at});` }));
  const given = map.keys.map((at, index) => ({
    text: `${map.text}.set(${at}, ${names[(index + 1) % names.length]});`,
  }));
  return { pieces: [...taken, ...given] };
}

/** A variable whose place is replaced, and then read; or, rarely, written through, which is an error. */
function replacement(making: Making, scope: Scope): Statement | null {
  const map = mapOfPlaces(making, scope, 1);
  if (map === null) return null;
  const next = value(making, map.values, scope);
  if (next === null) return null;
  const name = variable(making, "x");
  const place = { text: name, shape: map.values, isPlace: true, isHeld: true };
  const all = mapEdit(making, map.text, map.shape, scope) ?? `${map.text}.fill(${next});`;
  const change = weighted(making.random, [
    [5, `${map.text}.set(${map.keys[0]}, ${next});`],
    [2, `${map.text}.fill(${next});`],
    [3, all],
  ]);
  if (change === all) making.feature("places: a place is held across an assignment of its map");
  const pieces = [{ text: `const ${name} = ${map.text}.get(${map.keys[0]});` }, { text: change }];
  if (!making.random.chance(0.25)) {
    making.feature("places: a replaced place is read");
    return { pieces, declares: [place] };
  }
  const write = editOf(making, place, scope);
  if (write === null) return null;
  making.feature("places: a replaced place is written");
  return { pieces: [...pieces, { text: write }] };
}

/** A map becomes itself, through a second name, with a value of another key where it says so. */
function selfAssigned(making: Making, scope: Scope): Statement | null {
  const map = anyPlace(making, scope, "map");
  if (map?.shape.kind !== "map") return null;
  const { keys, values } = map.shape;
  const at = value(making, keys, scope);
  const [name, of] = [variable(making, "x"), variable(making, "k")];
  const test = conditionOn(making, { text: of, shape: keys }, { sources: [] });
  const other = at === null ? `${map.text}.get(${of})` : `(${test} ? ${map.text}.get(${at}) : ${name}.get(${of}))`;
  const whole = making.random.pick([name, `mapOf(${name}.keys(), (${of}) => ${other})`]);
  const held = { text: variable(making, "x"), shape: values, isPlace: isPlace(values), isHeld: true };
  const isHeld = at !== null && making.random.chance(0.5);
  making.feature("places: a map is assigned to itself");
  return {
    pieces: [
      { text: `const ${name} = ${map.text};` },
      ...(isHeld ? [{ text: `const ${held.text} = ${map.text}.get(${at});` }] : []),
      { text: making.random.chance(0.5) ? `${name}.assign(${whole});` : `${map.text}.assign(${whole});` },
    ],
    declares: [{ ...map, text: name, isHeld: true }, ...(isHeld ? [held] : [])],
  };
}

/** A write to what is a value: an error. */
function valueWrite(making: Making, scope: Scope): Statement | null {
  const values = scope.sources.filter(
    ({ isPlace: inPlace, shape }) => !inPlace && shape.kind === "record" && shape.fields.length > 0,
  );
  if (values.length === 0) return null;
  const { text, shape } = making.random.pick(values);
  if (shape.kind !== "record") return null;
  const fields = shape.fields.filter(([, field]) => !isPlace(field));
  if (fields.length === 0) return null;
  const [name, field] = making.random.pick(fields);
  const next = value(making, field, scope);
  if (next === null) return null;
  making.feature("places: a value is written");
  return line(`${text}${member(name)} = ${next};`);
}

function destructured(making: Making, scope: Scope): Statement | null {
  const records = scope.sources.filter(
    ({ shape, text }) => shape.kind === "record" && shape.fields.length > 0 && text !== "s",
  );
  if (records.length === 0) return null;
  const { text, shape, isPlace: inPlace, isHeld } = making.random.pick(records);
  if (shape.kind !== "record") return null;
  const [name, field] = making.random.pick(shape.fields);
  const known = variable(making, "x");
  making.feature("places: a record is destructured");
  const source = { text: known, shape: field, isPlace: inPlace && isPlace(field), isHeld: isHeld || inPlace };
  return { pieces: [{ text: `const { ${key(name)}: ${known} } = ${text};` }], declares: [source] };
}

function helperCall(making: Making, helper: Helper, scope: Scope): Statement | null {
  const wanted = textOf(helper.shape);
  const same = scope.sources.filter(({ isPlace: inPlace, shape }) => inPlace && textOf(shape) === wanted);
  const other = value(making, helper.shape, scope);
  if (same.length === 0 || other === null) return null;
  making.feature("places: a helper takes a place");
  return line(`${helper.name}(${making.random.pick(same).text}, ${other}, c);`);
}

function iterationStatement(effect: Effect, scope: Scope): Statement | null {
  const { making } = effect;
  const { random } = making;
  const place = anyPlace(making, scope, "map", "sequence", "set", "bag");
  if (place === null) return null;
  const { shape } = place;
  if (shape.kind !== "map" && shape.kind !== "sequence" && shape.kind !== "set" && shape.kind !== "bag") return null;
  const alias = random.chance(0.3) ? variable(making, "x") : null;
  const before: Piece[] = alias === null ? [] : [{ text: `const ${alias} = ${place.text};` }];
  if (alias !== null) making.feature("iteration: through a second name");
  const element = variable(making, "e");
  const elementShape = shape.kind === "map" ? shape.values : shape.element;
  const inner: Scope = {
    sources: [
      ...scope.sources,
      ...scopeOf(making, [{ text: element, shape: elementShape, isPlace: false, isHeld: false }]).sources,
    ],
  };
  const changed = { ...place, text: alias ?? place.text };
  const change = editOf(making, changed, inner) ?? (shape.kind === "map" ? "" : `${changed.text}.clear();`);
  if (shape.kind === "map" && change.includes(".assign(")) making.feature("iteration: the map is assigned");
  const fact = conditionOn(making, { text: element, shape: elementShape }, { sources: [] });
  const note = random.chance(0.6) ? (editOf(making, anyPlace(making, scope, "record"), inner) ?? "") : "";
  making.feature(`iteration: over a ${shape.kind} that changes`);
  const head = iterated(making, place.text, shape.kind);
  if (head.kind === "loop") {
    making.feature("iteration: a loop");
    const body = [change, note].filter((text) => text !== "").map((text) => ({ text }));
    return { pieces: [...before, { text: `for (const ${element} of ${head.text})`, body }] };
  }
  making.feature("iteration: a method");
  const call = `${head.text}((${element}) => { ${change} ${note} return ${fact}; })`;
  if (head.kind === "call") return { pieces: [...before, { text: `${call};` }] };
  const then = editOf(making, anyPlace(making, scope), scope);
  return then === null ? null : { pieces: [...before, { text: `if (${call}${head.test})`, body: [{ text: then }] }] };
}

type Iterated =
  | { readonly kind: "loop"; readonly text: string }
  | { readonly kind: "call"; readonly text: string }
  | { readonly kind: "test"; readonly text: string; readonly test: string };

function iterated({ random }: Making, text: string, kind: "map" | "sequence" | "set" | "bag"): Iterated {
  const tests: Iterated[] = [
    { kind: "test", text: `${text}.every`, test: "" },
    { kind: "test", text: `${text}.some`, test: "" },
  ];
  if (kind === "map") {
    const each: Iterated = { kind: "loop", text: `${text}.keys().map((k) => ${text}.get(k))` };
    const entries: Iterated = { kind: "loop", text: `entriesOf(${text}).map(([, v]) => v)` };
    return random.pick([...tests, each, entries, { kind: "test", text: `${text}.count`, test: " > 0" }]);
  }
  const loop: Iterated = { kind: "loop", text };
  const spread: Iterated = { kind: "call", text: `[...${text}].forEach` };
  const more: Iterated[] =
    kind === "set"
      ? [
          { kind: "test", text: `${text}.filter`, test: ".size > 0" },
          { kind: "test", text: `${text}.count`, test: " > 0" },
        ]
      : [];
  return random.pick([...tests, ...more, loop, loop, loop, spread]);
}

/** A field or an element becomes the first of what an operation on a collection gives. */
function orderStatement({ making }: Effect, scope: Scope): Statement | null {
  const { random } = making;
  const collections = scope.sources.filter(({ shape }) => shape.kind === "set" || shape.kind === "bag");
  if (collections.length === 0) return null;
  const { text, shape } = random.pick(collections);
  if (shape.kind !== "set" && shape.kind !== "bag") return null;
  const list = listed(making, text, shape, scope);
  const first = variable(making, "first");
  const next: Source = { text: first, shape: shape.element, isPlace: false, isHeld: false };
  making.feature(`order: the first ${shape.element.kind} is used`);
  const inner = { sources: [...scope.sources, next, next, next] };
  const use = editOf(making, anyPlace(making, scope), inner);
  return use === null
    ? null
    : { pieces: [{ text: `for (const ${first} of (${list}).slice(0, 1))`, body: [{ text: use }] }] };
}

function numberStatement({ making }: Effect, scope: Scope): Statement | null {
  const { random, feature } = making;
  const fields = scope.sources.flatMap(({ text, shape, isPlace: inPlace }) =>
    inPlace && shape.kind === "record"
      ? shape.fields.flatMap(([name, field]) =>
          field.kind === "integer" ? [{ text: `${text}${member(name)}`, min: field.min, max: field.max }] : [],
        )
      : [],
  );
  if (fields.length === 0) return null;
  const { text, min, max } = random.pick(fields);
  const test = condition(making, scope);
  const choices: readonly (readonly [number, string, readonly string[]])[] = [
    [
      6,
      "numbers: outside its range for a moment",
      [`${text} += ${max - min + 1};`, `if (${text} > ${max}) ${text} -= ${max - min + 1};`],
    ],
    [4, "numbers: minus zero", min <= 0 ? [`${text} = -0;`] : [`${text} = ${text} * -0 + ${min};`]],
    [
      3,
      "numbers: a sign is turned",
      [`${text} = -${text};`, `if (${text} < ${min} || ${text} > ${max}) ${text} = ${min};`],
    ],
    [
      3,
      "numbers: a fraction for a moment",
      [`${text} = ${text} / 2;`, `${text} = Math.min(${max}, Math.max(${min}, Math.floor(${text})));`],
    ],
    [3, "numbers: no number for a moment", [`${text} = Number.NaN;`, `if (!(${text} >= ${min})) ${text} = ${max};`]],
    [1, "numbers: left outside its range", [`if (${test}) ${text} = ${max + 1};`]],
    [1, "numbers: left a fraction", [`if (${test}) ${text} = ${min} + 0.5;`]],
    [1, "numbers: left no number", [`if (${test}) ${text} = Number.NaN;`]],
  ];
  const [name, pieces] = weighted(
    random,
    choices.map(([weight, ...made]) => [weight, made] as const),
  );
  feature(name);
  return { pieces: pieces.map((piece) => ({ text: piece })) };
}
