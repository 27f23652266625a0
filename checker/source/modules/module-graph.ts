import { readFileSync } from "node:fs";
import { ts } from "ts-morph";
import type { Resolver } from "./resolution.ts";

/** A spec's file and the files it imports, nearest first: parsed, not type-checked. The vocabulary is not among them. */
export function moduleGraph(entry: string, resolver: Resolver): readonly ts.SourceFile[] {
  const files: ts.SourceFile[] = [];
  const waiting = [entry];
  const met = new Set(waiting);
  for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
    const file = ts.createSourceFile(path, readFileSync(path, "utf8"), ts.ScriptTarget.ES2023, true);
    files.push(file);
    for (const { text } of importsOf(file)) {
      const next = fileOf(text, path, resolver);
      if (next === null || met.has(next)) continue;
      met.add(next);
      waiting.push(next);
    }
  }
  return files;
}

function fileOf(specifier: string, importer: string, resolver: Resolver): string | null {
  const resolution = resolver(specifier, importer);
  if (resolution.kind === "file") return resolution.path;
  return resolution.kind === "own" ? resolution.module.source : null;
}

/** The module names of a file's `import` and `export ... from` declarations, in the order of the text. */
function importsOf(file: ts.SourceFile): readonly ts.StringLiteral[] {
  return file.statements.flatMap((statement) => {
    if (!ts.isImportDeclaration(statement) && !ts.isExportDeclaration(statement)) return [];
    const name = statement.moduleSpecifier;
    return name !== undefined && ts.isStringLiteral(name) ? [name] : [];
  });
}
