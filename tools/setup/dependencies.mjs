import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} LockEntry */

/**
 * Why the installed packages are not the ones of package-lock.json, or nothing when they are. npm records what it
 * installed in node_modules/.package-lock.json, so that the comparison is of two files and needs no timestamps,
 * which a checkout does not keep.
 *
 * @param {string} root the repository
 * @returns {string | undefined}
 */
export function dependenciesProblem(root) {
  const installedPath = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(installedPath)) return "node_modules is missing";
  const locked = readLock(join(root, "package-lock.json"));
  const installed = readLock(installedPath);
  return lockDifference(locked, installed, { os: process.platform, cpu: process.arch });
}

/**
 * @param {Record<string, LockEntry>} locked the packages of package-lock.json
 * @param {Record<string, LockEntry>} installed the packages npm says it installed
 * @param {{ os: string, cpu: string }} machine packages built for another machine are not expected here
 * @returns {string | undefined}
 */
export function lockDifference(locked, installed, machine) {
  for (const [path, entry] of Object.entries(locked)) {
    if (path === "") continue;
    const found = installed[path];
    if (found === undefined) {
      if (entry.optional === true) continue;
      return `${path} is not installed`;
    }
    if (found.version !== entry.version) return `${path} is ${found.version} and should be ${entry.version}`;
    if (found.integrity !== entry.integrity) return `${path} is not the package that package-lock.json names`;
  }
  for (const [path, entry] of Object.entries(installed)) {
    if (locked[path] === undefined) return `${path} is not in package-lock.json`;
    if (!allows(entry.os, machine.os) || !allows(entry.cpu, machine.cpu)) return `${path} is for another machine`;
  }
  return undefined;
}

/**
 * Installs exactly what package-lock.json says, development packages included: the tests and the build need them.
 *
 * @param {string} root the repository
 * @returns {string | undefined} what went wrong, with everything npm printed
 */
export function installDependencies(root) {
  const [command, ...args] = npmCommand();
  const ran = spawnSync(command, [...args, "ci", "--include=dev", "--loglevel=warn"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
    stdio: ["ignore", "pipe", "pipe"],
    shell: command === "npm" && process.platform === "win32",
  });
  if (ran.error !== undefined) return `npm could not be started (${ran.error.message}). Is npm installed with Node.js?`;
  if (ran.status === 0) return undefined;
  return (
    `npm ci failed with exit code ${ran.status}. It needs a package registry within reach. npm printed:\n` +
    `${ran.stdout}${ran.stderr}`.trimEnd()
  );
}

/**
 * The npm that runs this script, when one does, or else the one on the path.
 *
 * @returns {[string, ...string[]]}
 */
function npmCommand() {
  const running = process.env["npm_execpath"];
  return running?.endsWith("npm-cli.js") ? [process.execPath, running] : ["npm"];
}

/**
 * @param {string[] | undefined} list such as ["linux"] or ["!win32"]
 * @param {string} value
 */
function allows(list, value) {
  if (list === undefined || list.includes("any")) return true;
  if (list.includes(`!${value}`)) return false;
  return list.includes(value) || list.every((item) => item.startsWith("!"));
}

/**
 * @param {string} path
 * @returns {Record<string, LockEntry>}
 */
function readLock(path) {
  return JSON.parse(readFileSync(path, "utf8")).packages ?? {};
}
