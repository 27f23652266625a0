/** What an import of a spec means. One place decides it for the type check, the bundle and the spans alike. */
import { statSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { isVocabulary, type OwnModule, ownModules, packageRoot, runningUrl } from "./package-root.ts";

type Resolution =
  /** A file of the vocabulary: shared with the running package. */
  | { readonly kind: "vocabulary"; readonly running: string }
  /** One of our own specs, imported by the package's name. */
  | { readonly kind: "own"; readonly module: OwnModule }
  /** A TypeScript file beside the spec. */
  | { readonly kind: "file"; readonly path: string }
  /** A relative import of a file that is not there, or is not TypeScript. */
  | { readonly kind: "missing" }
  /** Anything else: another package, a module of Node.js, an address. */
  | { readonly kind: "foreign" };

export type Resolver = (specifier: string, importer: string) => Resolution;

export function specResolver(): Resolver {
  const root = packageRoot();
  const own = ownModules(root);
  return (specifier, importer) => {
    const module = own.find((candidate) => candidate.specifier === specifier);
    if (module !== undefined) {
      const shared = isVocabulary(module.source, root);
      return shared ? { kind: "vocabulary", running: module.running } : { kind: "own", module };
    }
    if (!specifier.startsWith("./") && !specifier.startsWith("../")) return { kind: "foreign" };
    const path = existing(resolve(dirname(importer), specifier));
    if (path === null) return { kind: "missing" };
    return isVocabulary(path, root) ? { kind: "vocabulary", running: runningUrl(path, root) } : { kind: "file", path };
  };
}

/** The TypeScript file that an import without an ending, or with the ending of its compiled form, means. */
function existing(path: string): string | null {
  const candidates = /\.m?ts$/.test(path)
    ? [path]
    : [path.replace(/\.(m?)js$/, ".$1ts"), `${path}.ts`, `${path}.mts`, resolve(path, "index.ts")];
  return candidates.find((candidate) => /\.m?ts$/.test(candidate) && isFile(candidate)) ?? null;
}

export function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true;
}
