import type { ts } from "ts-morph";
import { moduleGraph } from "../modules/module-graph.ts";
import { openProgram, type SpecProgram } from "../modules/program.ts";
import type { Resolver } from "../modules/resolution.ts";
import { inOrder, type Problem } from "../problem.ts";
import { impurities } from "./analysis.ts";
import { typeErrors } from "./type-errors.ts";

export interface CheckedFiles {
  /** In the order of the imports, nearest first. */
  readonly problems: readonly Problem[];
}

/** Checks a spec's file and the files beside it that it imports. Our own specs are checked by their tests. */
export function checkFiles(entry: string, resolver: Resolver): CheckedFiles {
  const besides: Resolver = (specifier, importer) => {
    const resolution = resolver(specifier, importer);
    return resolution.kind === "own" ? { kind: "foreign" } : resolution;
  };
  const paths = moduleGraph(entry, besides).map(({ fileName }) => fileName);
  const opened = openProgram([entry]);
  return { problems: problemsOf(opened, sourceFiles(opened, paths), resolver) };
}

export function sourceFiles({ program }: SpecProgram, paths: readonly string[]): readonly ts.SourceFile[] {
  return paths.map((path) => {
    const file = program.getSourceFile(path);
    if (file === undefined) throw new Error(`the compiler did not follow an import to ${path}`);
    return file;
  });
}

/**
 * What is wrong with these files. Where the analysis and the compiler object to the same line, the analysis speaks:
 * "process is outside the spec" says more than "cannot find name process".
 */
export function problemsOf(
  opened: SpecProgram,
  files: readonly ts.SourceFile[],
  resolver: Resolver,
): readonly Problem[] {
  const order = files.map(({ fileName }) => fileName);
  const types = typeErrors(opened, files);
  const broken = types.filter(({ code }) => code === "syntax");
  if (broken.length > 0) return inOrder(broken, order);
  const impure = impurities(opened, files, resolver);
  const lines = new Set(impure.map(({ file, line }) => `${line} ${file}`));
  return inOrder([...impure, ...types.filter(({ file, line }) => !lines.has(`${line} ${file}`))], order);
}
