import { ts } from "ts-morph";
import type { ProblemCode } from "../problem.ts";
import { type Context, excerpt, isValueReference } from "./context.ts";

/** Of the language's own names those whose results depend on their arguments alone. */
const pure = new Set([
  ...["undefined", "NaN", "Infinity", "Array", "Boolean", "Math", "Number", "Object", "String", "BigInt", "Map", "Set"],
  ...["Error", "RangeError", "TypeError", "isNaN", "isFinite", "parseInt", "parseFloat"],
]);

interface Reason {
  readonly code: ProblemCode;
  /** Completes "... ": what is wrong with it. */
  readonly does: string;
  readonly tryThis: string;
}

const pureArguments = "a guard, an effect and a property depend on their arguments alone";

const clock: Reason = {
  code: "clock",
  does: "reads the clock",
  tryThis: "Model time as an action that may happen at any moment, such as a timeout without a duration.",
};
const randomness: Reason = {
  code: "randomness",
  does: "is random",
  tryThis: "Give the action a parameter over a finite domain: the checker tries every value of it.",
};
const timer: Reason = {
  code: "clock",
  does: "runs code later",
  tryThis: "Write an action: its guard says when it may happen.",
};
const outside: Reason = {
  code: "outside-world",
  does: "reaches the world outside the spec",
  tryThis: "Declare what varies between runs as a constant of the protocol, and set it with --set.",
};
const printing: Reason = {
  code: "outside-world",
  does: "prints",
  tryThis: "Write a `reachable` property: its trace shows the states you want to see.",
};
const everything: Reason = {
  code: "global",
  does: "reaches every global, and anything may write to it",
  tryThis: "Use a constant of the protocol or a field of the state by its name.",
};
const madeCode: Reason = {
  code: "global",
  does: "makes code out of text, which no check can read",
  tryThis: "Write the code itself instead of the text.",
};
const later: Reason = {
  code: "asynchronous",
  does: "gives its result later",
  tryThis: "Compute the value at once; what happens later is an action of its own.",
};
const text: Reason = {
  code: "id-text",
  does: "turns states and ids into text, whose order and spelling would become part of the spec",
  tryThis: "Write equal(a, b), which compares contents, or compare single fields with ===.",
};

const reasons: Readonly<Record<string, Reason>> = {
  ...group(clock, ["Date", "performance", "Temporal"]),
  ...group(randomness, ["crypto"]),
  ...group(timer, ["setTimeout", "setInterval", "setImmediate", "queueMicrotask", "clearTimeout", "clearInterval"]),
  ...group(outside, ["process", "fetch", "Buffer", "require", "module", "exports", "__dirname", "__filename"]),
  ...group(outside, ["navigator", "document", "localStorage", "XMLHttpRequest", "WebSocket", "Intl"]),
  ...group(printing, ["console", "alert"]),
  ...group(everything, ["globalThis", "global", "window", "self"]),
  ...group(madeCode, ["eval", "Function"]),
  ...group(later, ["Promise", "Atomics", "SharedArrayBuffer"]),
  ...group(text, ["JSON"]),
};

function group(reason: Reason, names: readonly string[]): Record<string, Reason> {
  return Object.fromEntries(names.map((name) => [name, reason]));
}

/** Of the language's globals a spec uses the pure ones, and knows no others. */
export function globalRule(node: ts.Node, context: Context): void {
  if (isRandom(node)) {
    refuse(node, excerpt(node), randomness, context);
    return;
  }
  if (!isValueReference(node)) return;
  const symbol = context.symbolOf(node);
  const isGlobal = symbol === undefined || isFromOutside(symbol, context);
  if (!isGlobal || (pure.has(node.text) && !isUnlimited(node))) return;
  const reason = own(reasons, node.text);
  if (reason !== undefined) {
    refuse(node, usage(node), reason, context);
  } else if (isUnlimited(node)) {
    const message = `${node.text} is used as a value, so the check cannot see which of its functions are called; ${pureArguments}`;
    context.report(node, "global", message, `Call its functions by their names: ${node.text}.${example(node)}(...).`);
  } else if (symbol !== undefined) {
    const message = `${usage(node)} is not among the globals that a spec may use: ${[...pure].slice(3).join(", ")}`;
    context.report(node, "global", message, "Write the function you need in the spec.");
  }
}

function own(table: Readonly<Record<string, Reason>>, name: string): Reason | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

function refuse(node: ts.Node, what: string, { code, does, tryThis }: Reason, context: Context): void {
  context.report(node, code, `${what} ${does}; ${pureArguments}`, tryThis);
}

/** Declared by the language, or by nothing, as globalThis is. What a mistaken import names is no global. */
function isFromOutside(symbol: ts.Symbol, context: Context): boolean {
  if (context.checker.isUnknownSymbol(symbol)) return false;
  return context.isOfLanguage(symbol) || (symbol.declarations ?? []).length === 0;
}

/** `Date.now()` rather than `Date`, where that is what the spec says. */
function usage(node: ts.Identifier): string {
  const { parent } = node;
  if (!ts.isPropertyAccessExpression(parent)) return node.text;
  const isCalled = ts.isCallExpression(parent.parent) && parent.parent.expression === parent;
  return isCalled ? `${excerpt(parent)}()` : excerpt(parent);
}

function isRandom(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && excerpt(node) === "Math.random";
}

/** A function of `Math` or `Object`: the one that a pattern takes out of it, where it takes one. */
function example({ text, parent }: ts.Identifier): string {
  const pattern = ts.isVariableDeclaration(parent) && ts.isObjectBindingPattern(parent.name) ? parent.name : null;
  const [taken] = pattern?.elements ?? [];
  return taken === undefined ? (text === "Math" ? "max" : "values") : (taken.propertyName ?? taken.name).getText();
}

/** `Math` or `Object` handed on as a value: whoever receives it may call what this rule would not see. */
function isUnlimited(node: ts.Identifier): boolean {
  return (node.text === "Math" || node.text === "Object") && !ts.isPropertyAccessExpression(node.parent);
}

const localeDependent = new Set(["localeCompare", "toLocaleString", "toLocaleLowerCase", "toLocaleUpperCase"]);

/** Methods whose results depend on the machine's language. */
export function localeRule(node: ts.Node, { report }: Context): void {
  if (!ts.isPropertyAccessExpression(node) || !localeDependent.has(node.name.text)) return;
  const message = `.${node.name.text} depends on the language of the machine; ${pureArguments}`;
  report(node.name, "locale", message, "Compare with ===; where an order matters, declare the field as integer(...).");
}
