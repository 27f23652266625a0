import { posix } from "node:path";
import type { Finding, RuleName } from "./finding.ts";
import { type CodeLine, codeOf, linksOf } from "./markdown.ts";
import type { Repository, RepositoryFile } from "./repository.ts";

/** What the documents may name, read from the project itself. */
interface Known {
  readonly scripts: ReadonlySet<string>;
  readonly commands: ReadonlySet<string>;
  readonly flags: ReadonlySet<string>;
  readonly paths: ReadonlySet<string>;
}

const DOCUMENT = /^(README|CONTRIBUTING)\.md$|^docs\/.*\.md$/;
const NPM_VERBS = new Set(["ci", "install", "exec", "init", "link", "pack", "publish", "run", "uninstall"]);
const FLAGS_OF_EVERY_COMMAND = ["--help", "--version"];
const ROOM_PATH = /(?<![\w./@<-])(?:spec|checker|traces|impl|cli|docs|bench|examples|tools)\/[\w./*<>…{},-]*/g;
const LOCKSTEP = /(?<![\w./@-])(?:lockstep|dist\/cli\/main\.js)((?:\s+\S+)*)/;

/** Names in the documents that name nothing: scripts, paths, commands and flags. */
export function docsFindings(repository: Repository): Finding[] {
  const known = knownNames(repository);
  return repository.files.filter(({ path }) => DOCUMENT.test(path)).flatMap((file) => documentFindings(file, known));
}

function documentFindings(file: RepositoryFile, known: Known): Finding[] {
  const found: Finding[] = [];
  for (const code of codeOf(file.text)) {
    const add = (rule: RuleName, message: string) => found.push({ rule, path: file.path, line: code.line, message });
    for (const path of unknownPaths(code, known)) add("docs-path", `there is no ${path}`);
    if (!code.isCommand) continue;
    for (const script of unknownScripts(code, known)) add("docs-script", `package.json has no script "${script}"`);
    checkCommandLine(code, known, add);
  }
  for (const { target, line } of linksOf(file.text)) {
    const path = posix.join(posix.dirname(file.path), target).replace(/\/$/, "");
    if (!known.paths.has(path))
      found.push({ rule: "docs-path", path: file.path, line, message: `links to ${path}, which is not there` });
  }
  return found;
}

function unknownPaths({ text }: CodeLine, { paths }: Known): string[] {
  return [...text.matchAll(ROOM_PATH)]
    .map(([path]) => path.replace(/[.,/]+$/, ""))
    .filter((path) => !exists(path, paths));
}

/** Whether a path exists. A star stands for any name; a path with a placeholder ("<name>", "…") is not checked. */
function exists(path: string, paths: ReadonlySet<string>): boolean {
  if (/[<>…{}]/.test(path)) return true;
  if (!path.includes("*")) return paths.has(path);
  const parts = path.split(/\*+/).map((part) => part.replace(/[.]/g, "\\."));
  const pattern = new RegExp(`^${parts.join(".*")}$`);
  return [...paths].some((candidate) => pattern.test(candidate));
}

function unknownScripts({ text }: CodeLine, { scripts }: Known): string[] {
  return [...text.matchAll(/(?<![\w-])npm (run )?([a-z][\w:-]*)/g)]
    .filter(([, run, name = ""]) => run !== undefined || !NPM_VERBS.has(name))
    .map(([, , name = ""]) => name)
    .filter((name) => !scripts.has(name));
}

function checkCommandLine({ text }: CodeLine, known: Known, add: (rule: RuleName, message: string) => void): void {
  const words = LOCKSTEP.exec(text)?.[1]?.trim().split(/\s+/) ?? [];
  const [command = ""] = words;
  if (/^[a-z][a-z-]*$/.test(command) && !known.commands.has(command)) {
    add(
      "docs-command",
      `there is no command "${command}": cli/commands/ has ${[...known.commands].join(", ") || "none"}`,
    );
  }
  for (const word of words) {
    const flag = /^\[?(--[a-z][a-z-]*)/.exec(word)?.[1];
    if (flag !== undefined && !known.flags.has(flag)) add("docs-flag", `no command of cli/ knows ${flag}`);
  }
}

/** A command is a file of cli/commands/, and a flag is what the sources of cli/ name, so that no list can grow old. */
function knownNames({ files, paths }: Repository): Known {
  const sources = files.filter(({ path }) => /^cli\/.*\.ts$/.test(path) && !path.endsWith(".test.ts"));
  const commands = sources
    .map(({ path }) => /^cli\/commands\/([^/]+)\.ts$/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  const flags = sources.flatMap(({ text }) => text.match(/--[a-z][a-z-]*/g) ?? []);
  const manifest = files.find(({ path }) => path === "package.json");
  const scripts: unknown = manifest === undefined ? {} : JSON.parse(manifest.text).scripts;
  return {
    commands: new Set(commands),
    flags: new Set([...flags, ...FLAGS_OF_EVERY_COMMAND]),
    scripts: new Set(Object.keys(typeof scripts === "object" && scripts !== null ? scripts : {})),
    paths,
  };
}
