import { ts } from "ts-morph";
import type { SpecProgram } from "../modules/program.ts";
import type { Problem } from "../problem.ts";
import { problemAt } from "./context.ts";
import {
  type Advised,
  callAssigned,
  fieldWithoutSchema,
  readOnlyAssignment,
  unknownMember,
  unknownParameter,
} from "./read-only.ts";
import { replacedRule, symmetricName } from "./spec-options.ts";

/** What the compiler says of the files, in the order of the files. */
export function typeErrors(opened: SpecProgram, files: readonly ts.SourceFile[]): readonly Problem[] {
  const { program } = opened;
  return files.flatMap((file) => [
    ...program.getSyntacticDiagnostics(file).map((error) => problemOf(error, file, "syntax")),
    ...withoutFollowers(program.getSemanticDiagnostics(file)).map((error) => inWords(error, file, opened)),
  ]);
}

/** Where a field has no schema, the compiler knows no field of the state: what it says of their uses follows from that. */
function withoutFollowers(errors: readonly ts.Diagnostic[]): readonly ts.Diagnostic[] {
  const isWithoutSchema = errors.some(
    ({ code, messageText }) =>
      code === notAssignable && schemaType.test(ts.flattenDiagnosticMessageText(messageText, "\n")),
  );
  return isWithoutSchema ? errors.filter(({ code }) => code !== unknownType && code !== implicitAny) : errors;
}

/** The compiler knows types, and not what they are made for: where it is known, that is said. */
function inWords(error: ts.Diagnostic, file: ts.SourceFile, opened: SpecProgram): Problem {
  const start = error.start ?? 0;
  const text = ts.flattenDiagnosticMessageText(error.messageText, "\n");
  const isNoSchema = error.code === notAssignable && schemaType.test(text);
  const words = isNoSchema
    ? fieldWithoutSchema(file, start)
    : (wordsFor[error.code]?.(file, start, opened, text) ?? null);
  if (words === null) return problemOf(error, file, "type");
  return problemAt(file, start, "type", words.message, words.tryThis);
}

function problemOf(error: ts.Diagnostic, file: ts.SourceFile, code: "syntax" | "type"): Problem {
  const said = ts.flattenDiagnosticMessageText(error.messageText, "\n").replace(castAdvice, "");
  const message = `${said} (TypeScript ${error.code})`;
  return problemAt(file, error.start ?? 0, code, message, code === "syntax" ? fixSyntax : adviceFor(error.code));
}

/** The compiler's way round a refused cast, which the purity check refuses. */
const castAdvice = / If this was intentional, convert the expression to 'unknown' first\./;

const fixSyntax = "Fix the syntax here or just before it; the other checks run once the file can be read.";

const notAssignable = 2322;
const unknownType = 18046;
const implicitAny = 7006;
const schemaType = /is not assignable to type 'Schema</;
const readOnly = 2540;
const noPlace = 2364;
const noProperty = 2339;
const noName = 2304;
const misspelt = 2551;
const noConversion = 2352;
const noIterator = 2488;
const noIndex = 2538;

type Words = (file: ts.SourceFile, start: number, opened: SpecProgram, text: string) => Advised | null;

const wordsFor: Readonly<Record<number, Words>> = {
  [notAssignable]: (file, start, _, text) => symmetricName(file, start, text) ?? replacedRule(file, start, text),
  [readOnly]: readOnlyAssignment,
  [noPlace]: callAssigned,
  [noProperty]: (file, start, opened) => unknownParameter(file, start, opened) ?? unknownMember(file, start, opened),
  [misspelt]: unknownMember,
};

function adviceFor(code: number): string {
  switch (code) {
    case readOnly:
      return "Only an effect changes the state, through its first argument; guards and properties see it read-only.";
    case noProperty:
      return "Name a field that the state, the parameters or the constants declare; narrow a union by its field kind.";
    case noName:
      return 'Import it from "lockstep", or declare it; there are no globals of Node.js or of a browser in a spec.';
    case noIterator:
      return "Loop over a set, a sequence or a bag; over a map by its keys, map.keys(), or by entriesOf(map).";
    case noIndex:
      return "Write .get(key) to read a map or a sequence, and .set(key, value) to change it.";
    case noConversion:
      return "Declare the value with the type it has instead of casting it.";
    default:
      return "Give it the type that is expected there; docs/writing-a-spec.md lists what each part of a spec takes.";
  }
}
