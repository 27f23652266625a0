/** Type errors in what is given to `spec` and to `withRules`, in the words of the vocabulary. */
import { ts } from "ts-morph";
import { excerpt } from "./context.ts";
import { type Advised, nodeAt } from "./read-only.ts";

/** `symmetry: ["max"]`, where max is no id set. `text` is what the compiler says; it has the names that are allowed. */
export function symmetricName(file: ts.SourceFile, start: number, text: string): Advised | null {
  const name = nodeAt(file, start);
  const list = name?.parent;
  if (name === undefined || list === undefined || !ts.isStringLiteralLike(name) || !ts.isArrayLiteralExpression(list))
    return null;
  if (!ts.isPropertyAssignment(list.parent) || list.parent.name.getText() !== "symmetry") return null;
  const [, allowed = ""] = /to type '(.*)'/.exec(text) ?? [];
  const names = allowed === "never" ? [] : allowed.split(" | ").filter((one) => /^".*"$/.test(one));
  return {
    message: `symmetry names ${name.text}, which is no id set of the constants`,
    tryThis:
      names.length === 0
        ? "Declare the ids among the constants, with ids(...), and name them."
        : names.length === 1
          ? `Write ${names[0]}, or remove symmetry.`
          : `Write one of ${names.join(", ")}.`,
  };
}

/** `withRules(spec, { room: true })`: a rule is a function. */
export function replacedRule(file: ts.SourceFile, start: number, text: string): Advised | null {
  const name = nodeAt(file, start);
  const rule = name?.parent;
  if (rule === undefined || !ts.isPropertyAssignment(rule) || !ts.isCallExpression(rule.parent.parent)) return null;
  const { expression } = rule.parent.parent;
  if (!ts.isIdentifier(expression) || expression.text !== "withRules" || !text.includes("(...args: never[])"))
    return null;
  return {
    message: `the rule ${rule.name.getText()} must be a function; ${excerpt(rule.initializer)} was given`,
    tryThis: "Write a function with the parameters of the rule that it replaces.",
  };
}
