/** `--set name=value`, read by the declaration of the constant. */
import {
  type ConstantDeclaration,
  type ConstantDeclarations,
  describeConstant,
  type Settings,
} from "../spec/lang/index.ts";
import { exitCodes } from "./exit-codes.ts";
import { nearestNames } from "./nearest.ts";
import { fine, type Problem, type Result, refuse } from "./problem.ts";

/** Reads `name=value` texts. Every text that does not fit is reported, not only the first. */
export function readSettings(texts: readonly string[], declarations: ConstantDeclarations): Result<Settings> {
  const settings = new Map<string, Settings[string]>();
  const problems: Problem[] = [];
  for (const text of texts) {
    const read = readSetting(text, declarations);
    if (!read.ok) problems.push(...read.problems);
    else if (settings.has(read.value.name)) problems.push(setTwice(read.value.name));
    else settings.set(read.value.name, read.value.setting);
  }
  const [first, ...others] = problems;
  return first === undefined ? fine(Object.fromEntries(settings)) : refuse(first, ...others);
}

function readSetting(
  text: string,
  declarations: ConstantDeclarations,
): Result<{ readonly name: string; readonly setting: number | boolean | string }> {
  const at = text.indexOf("=");
  if (at <= 0) {
    return refuse({
      code: "setting-form",
      exit: exitCodes.configuration,
      what: `--set ${text}: this is not a setting`,
      expected: "name=value",
      tries: [example(declarations)],
    });
  }
  const name = text.slice(0, at);
  const declaration = Object.hasOwn(declarations, name) ? declarations[name] : undefined;
  if (declaration === undefined || !Object.hasOwn(declarations, name)) return unknownConstant(name, declarations);
  const setting = acceptedValue(text.slice(at + 1), declaration);
  return setting === null ? outOfRange(name, text.slice(at + 1), declaration) : fine({ name, setting });
}

/** The value that the text stands for, or null where the constant does not accept it. */
function acceptedValue(text: string, declaration: ConstantDeclaration): number | boolean | string | null {
  switch (declaration.kind) {
    case "ids":
    case "count": {
      if (!/^\d+$/.test(text)) return null;
      const count = Number(text);
      return count >= declaration.min && count <= declaration.max ? count : null;
    }
    case "flag":
      return text === "true" ? true : text === "false" ? false : null;
    case "choice":
      return declaration.names.includes(text) ? text : null;
  }
}

function unknownConstant<T>(name: string, declarations: ConstantDeclarations): Result<T> {
  const names = Object.keys(declarations);
  const near = nearestNames(name, names);
  return refuse({
    code: "unknown-constant",
    exit: exitCodes.configuration,
    what: `the model has no constant named ${name}`,
    expected: names.length === 0 ? "no constants: the spec declares none" : `one of ${names.join(", ")}`,
    tries: near.map((candidate) => `--set ${candidate}=...`),
  });
}

function outOfRange<T>(name: string, found: string, declaration: ConstantDeclaration): Result<T> {
  return refuse({
    code: "setting-out-of-range",
    exit: exitCodes.configuration,
    what: `--set ${name}=${found}: the constant ${name} (${declaration.says}) does not take this value`,
    found: found === "" ? "nothing" : found,
    expected: describeConstant(declaration),
    tries: [`--set ${name}=${declaration.default}`],
  });
}

function setTwice(name: string): Problem {
  return {
    code: "setting-twice",
    exit: exitCodes.configuration,
    what: `--set ${name} is given twice`,
    expected: "each constant at most once",
    tries: ["Remove one of the two."],
  };
}

function example(declarations: ConstantDeclarations): string {
  const [first] = Object.entries(declarations);
  return first === undefined
    ? "leaving --set out: the spec declares no constants"
    : `--set ${first[0]}=${first[1].default}`;
}
