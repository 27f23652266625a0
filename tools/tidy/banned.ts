import ts from "typescript";
import { type Finding, lineAt, type RuleName } from "./finding.ts";
import { forEachNode, isIn, lineOf, type Source, withoutLiterals } from "./source.ts";

/** A thing that the project does without, and what is written in its place. */
interface Ban {
  readonly rule: RuleName;
  readonly message: string;
  readonly appliesTo: (source: Source) => boolean;
  readonly matches: (node: ts.Node) => boolean;
}

const PURE_ROOMS = [
  "spec",
  "checker/reference",
  "checker/search",
  "checker/store",
  "impl/core",
  "impl/kv/machine",
  "impl/sim",
];
const CONSOLE_ROOMS = ["cli", "tools", "bench", "examples"];
const TEST_FUNCTIONS = ["describe", "it", "test", "bench"];

/** The members of `process` that tell of the machine; a protocol has processes too, and may name a variable so. */
const MACHINE = ["env", "argv", "hrtime", "cwd", "stdin", "stdout", "stderr", "exit", "pid", "platform", "memoryUsage"];

const everywhere = () => true;

const BANS: readonly Ban[] = [
  {
    rule: "any",
    message: "`any` switches the type check off: write the type, or `unknown` and a check",
    appliesTo: everywhere,
    matches: (node) => node.kind === ts.SyntaxKind.AnyKeyword,
  },
  {
    rule: "double-cast",
    message: "`as unknown as` asserts what nothing checks: write a function that checks and narrows",
    appliesTo: everywhere,
    matches: isDoubleCast,
  },
  {
    rule: "non-null",
    message: "`!` hides an absent value: handle it, assert it with a message, or read through a named accessor",
    appliesTo: everywhere,
    matches: ts.isNonNullExpression,
  },
  {
    rule: "default-export",
    message: "a default export has a new name in every importer: export it by its name",
    appliesTo: ({ path }) => !isIn(path, "examples") && !path.endsWith(".config.ts"),
    matches: isDefaultExport,
  },
  {
    rule: "optional-boolean",
    message: "an optional boolean says nothing where it is passed: take a named option, or write two functions",
    appliesTo: everywhere,
    matches: isOptionalBoolean,
  },
  {
    rule: "ambience",
    message: "time, randomness and the machine are inputs here: take them as a parameter",
    appliesTo: ({ path }) => PURE_ROOMS.some((room) => isIn(path, room)) && !path.endsWith(".bench.ts"),
    matches: isAmbience,
  },
  {
    rule: "skipped-test",
    message: "a test that is skipped or alone hides others: make it pass, or delete it and say why in the commit",
    appliesTo: ({ isTest }) => isTest,
    matches: isSkippedTest,
  },
  {
    rule: "console",
    message: "only commands and tools speak to the terminal: return the value and let the caller print it",
    appliesTo: ({ path }) => !CONSOLE_ROOMS.some((room) => isIn(path, room)),
    matches: (node) => isMember(node, "console"),
  },
];

/** Banned words. They are looked for in comments and names; a program may talk about them in its strings. */
const BANNED_WORDS: readonly { rule: RuleName; pattern: RegExp; message: string }[] = [
  {
    rule: "ts-ignore",
    pattern: /@ts-(ignore|nocheck)\b/g,
    message:
      "@ts-ignore and @ts-nocheck also hide the next mistake: mend the type, or use @ts-expect-error in a type test",
  },
  {
    rule: "unfinished",
    pattern: /\b(TODO|FIXME|XXX|HACK)\b/g,
    message: "do it now, or write what is weak and why in docs/warts.md",
  },
];

export function bannedFindings(source: Source): Finding[] {
  const bans = BANS.filter((ban) => ban.appliesTo(source));
  const found: Finding[] = [];
  forEachNode(source.tree, (node) => {
    for (const { rule, message, matches } of bans) {
      if (matches(node)) found.push({ rule, path: source.path, line: lineOf(source, node), message });
    }
  });
  return [...found, ...wordFindings(source.path, withoutLiterals(source))];
}

/** The banned words of a text: of a document, all of it; of a source, what is not in a string. */
export function wordFindings(path: string, text: string): Finding[] {
  return BANNED_WORDS.flatMap(({ rule, pattern, message }) =>
    [...text.matchAll(pattern)].map((match) => ({ rule, path, line: lineAt(text, match.index), message })),
  );
}

/** The places where a source makes code out of text. The whole project has one file for that. */
export function generatedCodeLines(source: Source): number[] {
  const lines: number[] = [];
  forEachNode(source.tree, (node) => {
    const isSite =
      (ts.isNewExpression(node) && isName(node.expression, "Function")) || isCallOf(node, ["eval", "Function"]);
    if (isSite) lines.push(lineOf(source, node));
  });
  return lines;
}

function isDoubleCast(node: ts.Node): boolean {
  if (!ts.isAsExpression(node)) return false;
  let inner = node.expression;
  while (ts.isParenthesizedExpression(inner)) inner = inner.expression;
  return ts.isAsExpression(inner) && inner.type.kind === ts.SyntaxKind.UnknownKeyword;
}

function isDefaultExport(node: ts.Node): boolean {
  if (ts.isExportAssignment(node)) return true;
  if (ts.isExportSpecifier(node)) return node.name.text === "default";
  return (
    ts.canHaveModifiers(node) &&
    ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.DefaultKeyword) === true
  );
}

function isOptionalBoolean(node: ts.Node): boolean {
  if (!ts.isParameter(node)) return false;
  const initial = node.initializer?.kind;
  if (initial === ts.SyntaxKind.TrueKeyword || initial === ts.SyntaxKind.FalseKeyword) return true;
  return node.questionToken !== undefined && node.type?.kind === ts.SyntaxKind.BooleanKeyword;
}

function isAmbience(node: ts.Node): boolean {
  if (isMember(node, "Math")) return node.name.text === "random";
  if (isMember(node, "process")) return MACHINE.includes(node.name.text);
  if (ts.isNewExpression(node)) return isName(node.expression, "Date");
  return (
    isMember(node, "Date") || isCallOf(node, ["Date"]) || ["performance", "crypto"].some((name) => isMember(node, name))
  );
}

function isSkippedTest(node: ts.Node): boolean {
  return TEST_FUNCTIONS.some((name) => isMember(node, name) && ["skip", "only", "todo"].includes(node.name.text));
}

function isMember(node: ts.Node, object: string): node is ts.PropertyAccessExpression {
  return ts.isPropertyAccessExpression(node) && isName(node.expression, object);
}

function isCallOf(node: ts.Node, names: readonly string[]): boolean {
  return ts.isCallExpression(node) && ts.isIdentifier(node.expression) && names.includes(node.expression.text);
}

function isName(node: ts.Node, name: string): boolean {
  return ts.isIdentifier(node) && node.text === name;
}
