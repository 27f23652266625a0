import { Project, ts } from "ts-morph";
import { isVocabulary, ownModules, packageRoot } from "./package-root.ts";

/** A spec's files with their types. */
export interface SpecProgram {
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  /** True for a file of the vocabulary. */
  readonly isVocabulary: (file: ts.SourceFile) => boolean;
}

/**
 * Opens the files and whatever they import, with `lockstep` mapped to the running package wherever the files lie. No
 * tsconfig.json is read, so that a spec means the same everywhere, and there are no types of Node.js or of a browser.
 */
export function openProgram(entries: readonly string[]): SpecProgram {
  const root = packageRoot();
  const paths: Record<string, string[]> = {};
  for (const module of ownModules(root)) paths[module.specifier] = [module.source];
  const project = new Project({
    skipAddingFilesFromTsConfig: true,
    skipFileDependencyResolution: true,
    compilerOptions: {
      target: ts.ScriptTarget.ES2023,
      lib: ["lib.es2023.d.ts"],
      types: [],
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      moduleDetection: ts.ModuleDetectionKind.Force,
      allowImportingTsExtensions: true,
      isolatedModules: true,
      noEmit: true,
      preserveSymlinks: true,
      skipLibCheck: true,
      strict: true,
      noUncheckedIndexedAccess: true,
      noImplicitOverride: true,
      noImplicitReturns: true,
      noFallthroughCasesInSwitch: true,
      paths,
    },
  });
  for (const entry of entries) project.addSourceFileAtPath(entry);
  const program = project.getProgram().compilerObject;
  return {
    program,
    checker: program.getTypeChecker(),
    isVocabulary: (file) => isVocabulary(file.fileName, root),
  };
}
