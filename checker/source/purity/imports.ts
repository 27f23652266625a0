import { ts } from "ts-morph";
import type { Resolver } from "../modules/resolution.ts";
import type { Rule } from "./context.ts";

/** A spec imports the vocabulary and files of its own. */
export function importRule(resolver: Resolver): Rule {
  return (node, { report }) => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined) {
      const name = node.moduleSpecifier;
      if (!ts.isStringLiteral(name)) return;
      const { kind } = resolver(name.text, node.getSourceFile().fileName);
      if (kind === "foreign") {
        report(name, "foreign-import", `the spec imports "${name.text}"; ${allowed}`, foreignAdvice(name.text));
      }
      if (kind === "missing") {
        const message = `the spec imports "${name.text}", and there is no such TypeScript file; ${allowed}`;
        report(name, "foreign-import", message, "Fix the path, or remove the import.");
      }
    } else if (isDynamicImport(node)) {
      const message = "`import()` loads code while the spec runs; a spec imports at the top of its files only";
      report(node, "dynamic-import", message, 'Write `import { ... } from "..."` at the top of the file.');
    } else if (ts.isMetaProperty(node) && node.keywordToken === ts.SyntaxKind.ImportKeyword) {
      const message = "`import.meta` tells where the file of the spec is; a spec depends on its constants alone";
      report(node, "outside-world", message, "Declare what varies between runs as a constant of the protocol.");
    } else if (ts.isImportEqualsDeclaration(node)) {
      const message =
        "`import ... = require(...)` loads code in the way of old modules; a spec imports at the top of its files only";
      report(node, "dynamic-import", message, 'Write `import { ... } from "..."`.');
    }
  };
}

const allowed = 'a spec may import "lockstep" and its own files (names that start with ./ or ../)';

function foreignAdvice(name: string): string {
  if (name.startsWith("lockstep/")) return 'Import "lockstep": a spec needs the vocabulary only.';
  if (name.startsWith("node:")) return "Declare what varies between runs as a constant of the protocol.";
  return "Write the function you need in a file of the spec: it must not depend on code that was not checked.";
}

function isDynamicImport(node: ts.Node): boolean {
  return ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
}
