import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative, sep } from "node:path";

/** The folders that are compiled. They are named again in tsconfig.build.json, and a test compares the two. */
export const BUILT_FOLDERS = ["spec", "checker", "traces", "impl", "cli"];

const CONFIGURATION = ["package-lock.json", "tsconfig.json", "tsconfig.build.json"];
const STAMP = ".built-from";
const SOURCE = /\.(ts|json)$/;
const NOT_BUILT = /\.(test|suite|bench)\.ts$/;
const EMITTED = /\.(d\.ts|d\.ts\.map|js|js\.map)$/;

/**
 * Whether dist/ was made from exactly these sources. It compares contents, not times: a checkout, a copy and a deleted
 * file all deceive a comparison of times.
 *
 * @param {string} root the repository
 */
export function isBuildCurrent(root) {
  const stamp = join(root, "dist", STAMP);
  return existsSync(stamp) && readFileSync(stamp, "utf8") === sourcesDigest(root);
}

/**
 * Compiles the sources into dist/, only what changed since the last time, and removes what has no source any more.
 *
 * @param {string} root the repository
 * @returns {string | undefined} what the compiler said, if it refused
 */
export function build(root) {
  const dist = join(root, "dist");
  const digest = sourcesDigest(root);
  rmSync(join(dist, STAMP), { force: true });
  if (builtSources(root).length > 0) {
    const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
    const ran = spawnSync(process.execPath, [compiler, "-p", "tsconfig.build.json"], {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
      stdio: ["ignore", "pipe", "pipe"],
    });
    if (ran.error !== undefined) return `The compiler could not be started: ${ran.error.message}`;
    if (ran.status !== 0) {
      return `The sources do not compile. Mend what the compiler names and try again:\n${ran.stdout}${ran.stderr}`.trimEnd();
    }
  }
  removeOrphans(root);
  mkdirSync(dist, { recursive: true });
  // The compiler writes no executables, and a link that a package manager made to the program stays as it is.
  const program = join(dist, "cli", "main.js");
  if (existsSync(program)) chmodSync(program, 0o755);
  writeFileSync(join(dist, STAMP), digest);
  return undefined;
}

/** @param {string} root */
function removeOrphans(root) {
  const sources = new Set(builtSources(root).map((path) => path.replace(/\.ts$/, "")));
  const dist = join(root, "dist");
  for (const folder of BUILT_FOLDERS) {
    for (const path of filesUnder(dist, folder)) {
      if (EMITTED.test(path) && !sources.has(path.replace(EMITTED, ""))) rmSync(join(dist, path));
    }
  }
}

/** @param {string} root */
function sourcesDigest(root) {
  const hash = createHash("sha256");
  for (const path of [...CONFIGURATION, ...builtSources(root)]) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * @param {string} root
 * @returns {string[]} paths from the root, with forward slashes, in one order everywhere
 */
function builtSources(root) {
  return BUILT_FOLDERS.flatMap((folder) => filesUnder(root, folder))
    .filter((path) => SOURCE.test(path) && !NOT_BUILT.test(path))
    .sort();
}

/**
 * @param {string} root
 * @param {string} folder
 * @returns {string[]}
 */
function filesUnder(root, folder) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}
