import type { Finding } from "./finding.ts";

const CODE = /\.(ts|mjs|js|css|html|md)$/;
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*(\.(test|suite|fuzz|bench|config|d))*\.[a-z]+$/;
const CAPITALS = new Set(["README.md", "CHANGELOG.md", "CONTRIBUTING.md"]);
const EMPTY_WORDS = new Set(["utils", "util", "helpers", "helper", "common", "manager", "misc"]);

/** Names of files and folders: kebab-case nouns that say what is inside. */
export function nameFindings(path: string): Finding[] {
  const finding = (message: string): Finding => ({ rule: "file-name", path, line: 1, message });
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (CAPITALS.has(name) || (!CODE.test(name) && name.includes("."))) return [];
  if (CODE.test(name) && !KEBAB_CASE.test(name)) {
    return [finding(`${name} is not a kebab-case name: write it like seen-set.ts`)];
  }
  const words = name.replace(/\..*$/, "").split("-");
  const empty = words.find((word) => EMPTY_WORDS.has(word)) ?? (words.at(-1) === "old" ? "old" : undefined);
  if (empty === undefined) return [];
  return [finding(`"${empty}" names no subject: call it after the one thing it holds`)];
}
