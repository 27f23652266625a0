/** The text of the modules that decide what a run of this program finds, as they are running. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The built-in specs and the vocabulary, and what turns states into words and fingerprints. */
const folders = ["spec", "checker/compile", "checker/corpus", "checker/reference", "checker/store"];
const module = /\.[jt]s$/;
const notRunning = /\.(d|test|suite|bench)\.ts$/;

/** Empty where the program does not stand beside its modules: as one script, which nobody is given. */
export function builtInCode(): string {
  const root = dirname(dirname(fileURLToPath(import.meta.url)));
  return folders
    .map((folder) => join(root, folder))
    .filter(existsSync)
    .flatMap(modulesUnder)
    .map((path) => `${path.slice(root.length)}\n${readFileSync(path, "utf8")}`)
    .join("\n");
}

function modulesUnder(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && module.test(entry.name) && !notRunning.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
