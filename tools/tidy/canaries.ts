import type { RuleName } from "./finding.ts";
import type { RepositoryFile } from "./repository.ts";

/** A small repository that breaks one rule once, and words of the message it must get. */
interface Canary {
  readonly rule: RuleName;
  readonly says: string;
  readonly files: readonly RepositoryFile[];
}

const PACKAGE = '{ "scripts": { "start": "x", "test": "x", "verify": "x" } }';
const CLI = [
  file("cli/commands/explore.ts", 'export const flags = ["--expect <verdict>"];\n'),
  file("package.json", PACKAGE),
];

/** What the rules must catch. A rule without a canary may have stopped to work, and nobody would know. */
export const CANARIES: readonly Canary[] = [
  importCanary("checker/report/text.ts", "../../spec/raft/index.ts", "knows nothing of Raft"),
  importCanary("spec/raft/raft.ts", "../../checker/index.ts", "no checker in it"),
  importCanary("spec/lang/schema.ts", "../raft/index.ts", "the vocabulary knows nothing of Raft"),
  importCanary("spec/mutants/vote-twice.ts", "../raft/state.ts", "enters the spec by its door"),
  importCanary("spec/raft/state.ts", "../../impl/core/index.ts", "not even a type"),
  importCanary("impl/core/step.ts", "../../spec/raft/index.ts", "not even a type"),
  importCanary("impl/core/log.ts", "node:fs", "impl/core may not import node:fs"),
  importCanary("impl/runtime/node.ts", "../storage/index.ts", "no other shell"),
  importCanary("impl/sim/world.ts", "../storage/file.ts", "in-memory twins"),
  importCanary("checker/search/loop.ts", "node:worker_threads", "no dependencies"),
  importCanary("checker/store/seen-set.ts", "xxhash-wasm", "no dependencies"),
  importCanary("checker/search/other-loop.ts", "../search/loop.test.ts", "tests are not part of the program"),
  importCanary("checker/search/third-loop.ts", "fast-check", "may not import fast-check"),
  importCanary("traces/format/decode.ts", "../refine/index.ts", "the format is a leaf"),
  importCanary("traces/refine/replay.ts", "../../checker/search/loop.ts", "by its traces only"),
  importCanary("cli/load.ts", "../checker/search/loop.ts", "enter it by its index.ts"),
  canary("import-table", "spec/lang may not import ../", [
    file("spec/lang/a.ts", 'export type A = import("../../../outside.ts").A;\n'),
  ]),
  canary("import-table", "may not import checker/search/loop.ts", [
    file("spec/lang/b.ts", 'export const load = () => import("../../checker/search/loop.ts");\n'),
  ]),
  canary("import-table", "may not import impl/kv/index.ts", [
    file("spec/lang/c.ts", 'export { put } from "../../impl/kv/index.ts";\n'),
  ]),
  canary("import-table", "lies in no room", [file("stray/thing.ts", "export const one = 1;\n")]),
  canary("file-size", "has 401 lines of at most 400", [file("spec/lang/long.ts", "// a line\n".repeat(401))]),
  canary("file-size", "has 601 lines of at most 600", [file("spec/lang/long.test.ts", "// a line\n".repeat(601))]),
  canary("function-size", "grow has 61 lines of at most 60", [file("spec/lang/grow.ts", functionOf(61))]),
  canary("function-size", "grow has 61 lines of at most 60", [file("spec/lang/grow.test.ts", functionOf(61))]),
  canary("file-name", "is not a kebab-case name", [file("spec/lang/SeenSet.ts", "export const one = 1;\n")]),
  canary("file-name", '"utils" names no subject', [file("spec/lang/map-utils.ts", "export const one = 1;\n")]),
  canary("file-name", '"helpers" names no subject', [file("spec/lang/helpers/map.ts", "export const one = 1;\n")]),
  canary("any", "write the type", [file("spec/lang/a.ts", "export const one: any = 1;\n")]),
  canary("double-cast", "checks and narrows", [
    file("spec/lang/a.ts", "export const one = (1 as unknown) as string;\n"),
  ]),
  canary("non-null", "hides an absent value", [file("spec/lang/a.ts", "export const one = [1].at(0)!;\n")]),
  canary("ts-ignore", "hide the next mistake", [
    file("spec/lang/a.ts", "// @ts-ignore it works\nexport const one = 1;\n"),
  ]),
  canary("default-export", "export it by its name", [file("spec/lang/a.ts", "export default function one() {}\n")]),
  canary("default-export", "export it by its name", [
    file("spec/lang/a.ts", "const one = 1;\nexport { one as default };\n"),
  ]),
  canary("default-export", "export it by its name", [file("spec/lang/a.ts", "export default 1;\n")]),
  canary("optional-boolean", "take a named option", [file("spec/lang/a.ts", "export function f(isOn?: boolean) {}\n")]),
  canary("optional-boolean", "take a named option", [
    file("spec/lang/a.ts", "export const f = (isOn = false) => isOn;\n"),
  ]),
  ...["Math.random()", "Date.now()", "new Date()", "performance.now()", "process.env"].map((expression) =>
    canary("ambience", "are inputs here", [file("impl/core/a.ts", `export const one = ${expression};\n`)]),
  ),
  canary("generated-code", "one file of checker/compile", [
    file("checker/search/a.ts", 'export const f = new Function("");\n'),
  ]),
  canary("generated-code", "in checker/compile/a.ts and nowhere else", [
    file("checker/compile/a.ts", 'export const f = new Function("");\n'),
    file("checker/compile/b.ts", 'export const g = eval("1");\n'),
  ]),
  ...["it.skip", "it.only", "describe.skip", "it.todo"].map((call) =>
    canary("skipped-test", "hides others", [file("spec/lang/a.test.ts", `${call}("holds", () => {});\n`)]),
  ),
  canary("console", "let the caller print it", [file("checker/report/a.ts", 'console.log("done");\n')]),
  canary("unfinished", "docs/warts.md", [file("spec/lang/a.ts", `// ${"TO"}${"DO"}: later\nexport const one = 1;\n`)]),
  canary("unfinished", "docs/warts.md", [file("docs/a.md", `${"FIX"}${"ME"}: later\n`)]),
  canary("docs-script", 'no script "bench"', [file("README.md", "```sh\nnpm test\nnpm run bench\n```\n"), ...CLI]),
  canary("docs-script", 'no script "serve"', [file("README.md", "Say `npm serve`.\n"), ...CLI]),
  canary("docs-path", "there is no spec/raft/raft.ts", [file("docs/a.md", "See `spec/raft/raft.ts:12`.\n")]),
  canary("docs-path", "there is no tools/*.mjs", [file("CONTRIBUTING.md", "Run one of `tools/*.mjs`.\n")]),
  canary("docs-path", "links to docs/b.md", [file("docs/a.md", "See [b](b.md#there).\n")]),
  canary("docs-command", 'no command "conquer"', [file("README.md", "```sh\nnpx lockstep conquer\n```\n"), ...CLI]),
  canary("docs-command", 'no command "conquer"', [
    file("README.md", "```\n$ node dist/cli/main.js conquer\n```\n"),
    ...CLI,
  ]),
  canary("docs-flag", "knows --fast", [
    file("README.md", "```sh\nlockstep explore figure-8 \\\n  --expect violated --fast\n```\n"),
    ...CLI,
  ]),
  canary("dependency-pin", "is not one exact version", [
    file("package.json", '{ "dependencies": { "esbuild": "^0.28.2" } }'),
    file("CONTRIBUTING.md", "| `esbuild` | compiles specs |\n"),
  ]),
  canary("dependency-reason", "no reason for esbuild", [
    file("package.json", '{ "dependencies": { "esbuild": "0.28.2" } }'),
  ]),
];

/** What the rules must let pass, because a rule that cries wolf is switched off. */
export const CLEAN: readonly { readonly name: string; readonly files: readonly RepositoryFile[] }[] = [
  {
    name: "imports within the table",
    files: [
      file("spec/raft/raft.ts", 'import { action } from "../lang/index.ts";\nexport const raft = action;\n'),
      file("spec/mutants/a.ts", 'export { raft } from "../raft/index.ts";\n'),
      file("spec/raft/raft.test.ts", 'import "vitest";\nimport "../../checker/index.ts";\nimport "node:fs";\n'),
      file("checker/search/a.ts", 'import "../store/index.ts";\nimport "../../spec/lang/index.ts";\n'),
      file("checker/reference.test.ts", 'import "fast-check";\nimport "./reference.ts";\n'),
      file("checker/source/a.ts", 'import "ts-morph";\nimport "node:path";\n'),
      file("impl/sim/a.ts", 'import "../storage/memory.ts";\nimport "../core/index.ts";\n'),
      file("cli/commands/explore.ts", 'import "../../checker/index.ts";\nimport "commander";\nimport "node:fs";\n'),
      file("examples/mutex.ts", 'import "lockstep/checker";\nexport default 1;\n'),
    ],
  },
  {
    name: "long lists of tests, and files of just the length allowed",
    files: [
      file("spec/lang/a.test.ts", `describe("a", () => {\n${"  // a line\n".repeat(100)}});\n`),
      file("spec/lang/b.ts", "// a line\n".repeat(400)),
      file("spec/lang/c.ts", functionOf(60)),
    ],
  },
  {
    name: "talk of banned things in strings, and what only looks like them",
    files: [
      file("spec/lang/a.ts", "export const says = `@ts-ignore TODO`;\nexport const re = /FIXME/;\nlet x!: number;\n"),
      file("spec/lang/b.ts", "export const date = { now: 1 };\nexport const now = date.now;\n// many, any\n"),
      file("impl/sim/c.ts", "export const f = (process: { id: number }) => process.id;\n"),
      file("checker/compile/d.ts", 'export const f = new Function("");\nexport const g = new Function("");\n'),
      file("tools/e.mjs", 'console.log("done");\n'),
      file("docs/f.md", "We do not write `TODO`.\n"),
    ],
  },
  {
    name: "documents that name what is there",
    files: [
      file(
        "README.md",
        "# lockstep\n```sh\nnpm ci\nnpm test\nnpx lockstep explore a --expect holds # lockstep, at last\n```\n",
      ),
      file(
        "docs/a.md",
        "`cli/commands/explore.ts:1`, `cli/*/explore.ts`, `docs/`, `spec/<name>.ts`, [top](../README.md#a)\n",
      ),
      file("docs/b.md", "```text\nlockstep conquers all\n```\n`my-project/spec/raft.ts` and lockstep walks on.\n"),
      ...CLI,
    ],
  },
];

function canary(rule: RuleName, says: string, files: readonly RepositoryFile[]): Canary {
  return { rule, says, files };
}

function importCanary(path: string, specifier: string, says: string): Canary {
  return canary("import-table", says, [
    file(path, `import type { Thing } from "${specifier}";\nexport type T = Thing;\n`),
  ]);
}

function file(path: string, text: string): RepositoryFile {
  return { path, text };
}

function functionOf(lines: number): string {
  return `export function grow() {\n${"  // a line\n".repeat(lines - 2)}}\n`;
}
