/**
 * Where the running package lies, and the modules of it that specs import. The same code runs as `dist/**.js` of an
 * installed package and as TypeScript sources under the test runner; the sources of specs are shipped with both.
 */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const runsFromSources = import.meta.url.endsWith(".ts");

interface Manifest {
  readonly name?: string;
  readonly exports?: Readonly<Record<string, { readonly default?: string }>>;
}

/** The folder with our own package.json. */
export function packageRoot(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  for (;;) {
    if (manifestOf(folder)?.name === "lockstep") return folder;
    const parent = dirname(folder);
    if (parent === folder) throw new Error("the files of lockstep do not lie in its package");
    folder = parent;
  }
}

function manifestOf(folder: string): Manifest | null {
  const path = join(folder, "package.json");
  return existsSync(path) ? (JSON.parse(readFileSync(path, "utf8")) as Manifest) : null;
}

/** A module that specs import by the package's name. */
export interface OwnModule {
  /** `lockstep`, `lockstep/raft`, ... */
  readonly specifier: string;
  /** Its TypeScript source. */
  readonly source: string;
  /** What runs: the address under which this process has loaded it or would load it. */
  readonly running: string;
}

/** What the package exports of its specs. The checker is exported too, but a spec knows nothing of what explores it. */
export function ownModules(root: string): readonly OwnModule[] {
  const found: OwnModule[] = [];
  for (const [subpath, { default: built }] of Object.entries(manifestOf(root)?.exports ?? {})) {
    if (built?.startsWith("./dist/spec/") !== true) continue;
    const source = join(root, built.replace("./dist/", "").replace(/\.js$/, ".ts"));
    if (existsSync(source))
      found.push({ specifier: `lockstep${subpath.slice(1)}`, source, running: runningUrl(source, root) });
  }
  return found;
}

/** The address of what runs for a TypeScript source of this package. */
export function runningUrl(source: string, root: string): string {
  if (runsFromSources) return pathToFileURL(source).href;
  return pathToFileURL(join(root, "dist", source.slice(root.length).replace(/\.ts$/, ".js"))).href;
}

/** The vocabulary: its folder in the sources. Every file of it is shared, never loaded twice. */
export function isVocabulary(path: string, root: string): boolean {
  const inRoot = slashed(path).startsWith(`${slashed(root)}/`) ? slashed(path).slice(slashed(root).length + 1) : "";
  return inRoot.startsWith("spec/lang/") || inRoot.startsWith("dist/spec/lang/");
}

/** The absolute path of a spec's file: relative paths start at the root of the package. */
export function absolutePath(file: string): string {
  return resolve(packageRoot(), file);
}

/** The path as reports print it: from the root of the package for our own files, absolute for a user's. */
export function reportedPath(path: string, root: string): string {
  const [whole, start] = [slashed(path), `${slashed(root)}/`];
  return whole.startsWith(`${start}spec/`) || whole.startsWith(`${start}checker/`) ? whole.slice(start.length) : path;
}

export function slashed(path: string): string {
  return path.replaceAll("\\", "/");
}
