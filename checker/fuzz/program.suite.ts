/** A random program: what it is made of, and its text. */
import { key } from "./names.suite.ts";
import type { Piece } from "./statements.suite.ts";

/** What a program is mostly about. */
export const themes = ["places", "iteration", "order", "domains", "names", "numbers", "reductions", "mixed"] as const;
export type Theme = (typeof themes)[number];

/** An action, or what makes the initial states. */
export interface ActionText {
  readonly name: string;
  /** The fields of its `params`, and what the functions call them. */
  readonly params: readonly { readonly name: string; readonly variable: string; readonly domain: string }[];
  readonly guard: string;
  readonly body: readonly Piece[];
}

export interface PropertyText {
  readonly kind:
    | "invariant"
    | "initialInvariant"
    | "stepInvariant"
    | "changedOnlyBy"
    | "reachable"
    | "reachableStep"
    | "stateConstraint"
    | "actionConstraint";
  readonly name: string;
  readonly when: string | null;
  /** The names of the actions that it names; null where it names none. */
  readonly of: readonly string[] | null;
  /** What is true of a state or a step; of `changedOnlyBy`, what changes. */
  readonly test: string;
}

export interface Program {
  readonly seed: number;
  readonly theme: Theme;
  readonly constants: readonly string[];
  readonly fields: readonly { readonly name: string; readonly schema: string }[];
  readonly helpers: readonly { readonly name: string; readonly body: readonly Piece[] }[];
  readonly init: Omit<ActionText, "name"> | null;
  readonly actions: readonly ActionText[];
  /** Properties and constraints. */
  readonly properties: readonly PropertyText[];
  /** The statement that resets dead data; null where nothing is declared dead. */
  readonly deadData: string | null;
  /** The id set that is claimed to be symmetric. */
  readonly symmetry: string | null;
  readonly deadlock: boolean;
  /** The features that its making noted. */
  readonly features: readonly string[];
}

export const vocabulary = [
  "argmax",
  "argmin",
  "bag",
  "bagOf",
  "boolean",
  "choose",
  "chooseUnique",
  "commonPrefix",
  "count",
  "entriesOf",
  "equal",
  "first",
  "id",
  "ids",
  "initially",
  "integer",
  "kinds",
  "map",
  "mapOf",
  "mapped",
  "max",
  "min",
  "oneOf",
  "option",
  "part",
  "permutations",
  "protocol",
  "range",
  "record",
  "seq",
  "sequence",
  "set",
  "setEach",
  "setOf",
  "subsets",
  "sum",
  "union",
  "unionOf",
] as const;

/** The body of a module that makes `models`. */
export function bodyOf(program: Program): string {
  const { constants, fields, helpers, actions, properties } = program;
  const made = actions.map(
    (action, index) => `const action${index} = P.action(${JSON.stringify(action.name)}, {
  says: "A step.",
${actionText(action, "  ")}
});`,
  );
  const facts = properties.map((property, index) => propertyText(property, index, actions));
  return `const P = protocol("Fuzz", {
  constants: { ${constants.join(", ")} },
  state: (c) => record({
${fields.map(({ name, schema }) => `    ${key(name)}: ${schema},`).join("\n")}
  }),
});
${helpers.map(({ name, body }) => `const ${name} = (place, other, c) => {\n${lines(body, "  ")}\n};`).join("\n")}
${made.join("\n")}
${facts.join("\n")}
const spec = P.spec({
${specText(program)}
});
const models = [{ name: "fuzz", says: "A random program.", spec, symmetry: ${program.symmetry !== null}, deadData: ${program.deadData !== null}, deadlock: ${program.deadlock} }];`;
}

/**
 * The program as a file, which `npm run fuzz -- --file` takes. `lockstep explore` refuses many of them before it runs them:
 * helpers have no types, and ids are picked by their position.
 */
export function fileOf(program: Program): string {
  return `import { ${vocabulary.join(", ")} } from "lockstep";\n\n${bodyOf(program)}\nexport { models };\n`;
}

function specText({ properties, actions, init, deadData, symmetry }: Program): string {
  const named = (isConstraint: boolean): string =>
    properties
      .flatMap(({ kind }, index) => (kind.endsWith("Constraint") === isConstraint ? [`fact${index}`] : []))
      .join(", ");
  return [
    `  says: "A random program.",`,
    ...(init === null ? [] : [`  init: {\n${actionText(init, "    ")}\n  },`]),
    `  actions: [${actions.map((_, index) => `action${index}`).join(", ")}],`,
    `  properties: [${named(false)}],`,
    `  constraints: [${named(true)}],`,
    ...(symmetry === null ? [] : [`  symmetry: [${JSON.stringify(symmetry)}],`]),
    ...(deadData === null ? [] : [`  deadData: { says: "It is not read.", reset: (s, c) => { ${deadData} } },`]),
  ].join("\n");
}

function actionText({ params, guard, body }: Omit<ActionText, "name">, indent: string): string {
  const taken = `{ ${params.map(({ name, variable }) => `${key(name)}: ${variable}`).join(", ")} }`;
  const domains = params.map(({ name, domain }) => `${key(name)}: ${domain}`).join(", ");
  return [
    ...(params.length === 0 ? [] : [`${indent}params: (c) => ({ ${domains} }),`]),
    ...(guard === "true" ? [] : [`${indent}guard: (s, ${taken}, c) => ${guard},`]),
    `${indent}effect: (s, ${taken}, c) => {`,
    lines(body, `${indent}  `),
    `${indent}},`,
  ].join("\n");
}

const testFields: Readonly<Record<PropertyText["kind"], string>> = {
  invariant: "holds",
  initialInvariant: "holds",
  stepInvariant: "holds",
  changedOnlyBy: "changes",
  reachable: "goal",
  reachableStep: "goal",
  stateConstraint: "within",
  actionConstraint: "within",
};

function propertyText(
  { kind, name, when, of, test }: PropertyText,
  index: number,
  actions: readonly ActionText[],
): string {
  const isStep = kind === "stepInvariant" || kind === "reachableStep" || kind === "actionConstraint";
  const takes = isStep ? "(before, s, c)" : "(s, c)";
  const antecedent = when === null ? "" : ` when: ${takes} => ${when},`;
  const named = actions.flatMap((action, at) => (of?.includes(action.name) === true ? [`action${at}`] : []));
  const list = of === null ? "" : ` ${kind === "changedOnlyBy" ? "actions" : "of"}: [${named.join(", ")}],`;
  const says = `says: "A fact.",${list}${antecedent}`;
  return `const fact${index} = P.${kind}(${JSON.stringify(name)}, { ${says} ${testFields[kind]}: ${takes} => ${test} });`;
}

function lines(body: readonly Piece[], indent: string): string {
  return body
    .map(({ text, body: inner }) =>
      inner === undefined ? `${indent}${text}` : `${indent}${text} {\n${lines(inner, `${indent}  `)}\n${indent}}`,
    )
    .join("\n");
}

/** The body of a program that a file holds. */
export function bodyOfFile(text: string): string {
  return text.replace(/^import .*$/m, "").replace(/^export \{ models \};$/m, "");
}
