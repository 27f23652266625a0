import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface RepositoryFile {
  /** From the root of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What the rules look at: the texts they read, and the names of everything else. */
export interface Repository {
  readonly files: readonly RepositoryFile[];
  /** Every file and folder, those of `files` included. */
  readonly paths: ReadonlySet<string>;
}

const NOT_OURS = new Set(["node_modules", "dist", "traces-out", "coverage"]);
const READ = /\.(ts|mjs|md)$|^package\.json$/;

/** Reads the repository from the disk. Folders whose names begin with a dot are left out. */
export function readRepository(root: string): Repository {
  const paths = new Set<string>();
  const files: RepositoryFile[] = [];
  walk(root, "", (path, isFile) => {
    paths.add(path);
    if (isFile && READ.test(path)) files.push({ path, text: readFileSync(join(root, path), "utf8") });
  });
  return { files, paths };
}

/** A repository made of a few texts, for the rules' own tests. */
export function repositoryOf(files: readonly RepositoryFile[]): Repository {
  const paths = new Set<string>();
  for (const { path } of files) {
    const parts = path.split("/");
    for (let length = 1; length <= parts.length; length += 1) paths.add(parts.slice(0, length).join("/"));
  }
  return { files, paths };
}

function walk(root: string, folder: string, visit: (path: string, isFile: boolean) => void): void {
  const entries = readdirSync(join(root, folder), { withFileTypes: true });
  for (const entry of entries.sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) visit(path, true);
    if (!entry.isDirectory() || entry.name.startsWith(".") || NOT_OURS.has(entry.name)) continue;
    visit(path, false);
    walk(root, path, visit);
  }
}
