/**
 * What a spec may not do, found in its text before it runs. A guard, an effect and a property must be functions of
 * their arguments, and ids names without an order: the search, its traces and symmetry rely on both.
 *
 * It follows names, aliases, callbacks, and calls of functions that stand in the spec's files. It does not follow a
 * function that was put into a variable and called from there later.
 */
import type { ts } from "ts-morph";
import type { SpecProgram } from "../modules/program.ts";
import type { Resolver } from "../modules/resolution.ts";
import { inOrder, type Problem } from "../problem.ts";
import { checkCaptures } from "./captures.ts";
import { contextOf, forEachNode, type Rule } from "./context.ts";
import { commentRule, formRule } from "./forms.ts";
import { globalRule, localeRule } from "./globals.ts";
import { identityRule } from "./identity.ts";
import { importRule } from "./imports.ts";
import { idRule } from "./scalarsets.ts";

/** Everything the files do that a spec may not do, in the order of the files. */
export function impurities(
  opened: SpecProgram,
  files: readonly ts.SourceFile[],
  resolver: Resolver,
): readonly Problem[] {
  const found: Problem[] = [];
  const context = contextOf(opened, files, found);
  const rules: readonly Rule[] = [
    importRule(resolver),
    globalRule,
    localeRule,
    formRule,
    commentRule,
    idRule,
    identityRule,
  ];
  for (const file of files) {
    forEachNode(file, (node) => {
      for (const rule of rules) rule(node, context);
    });
  }
  checkCaptures(context);
  return inOrder(
    found,
    files.map(({ fileName }) => fileName),
  );
}
