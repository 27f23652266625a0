import type { Finding } from "./finding.ts";
import { type Import, importsOf } from "./imports.ts";
import { isIn, type Source } from "./source.ts";

/** What the files of one room may import, besides each other. */
interface Room {
  /** A folder, or the name of a file without its ending. The longest name that fits a file decides. */
  readonly name: string;
  /** Folders (any file in them), single files, or "doors": the index.ts of every room. */
  readonly mayImport: readonly string[];
  readonly packages?: readonly string[];
  readonly mayUseNode?: true;
  readonly reason: string;
}

const SHELL =
  "a shell knows the core and the machine, and no other shell but by its interface: impl/server starts them all";
const SEARCH =
  "the search loop and its tables have no dependencies: what decides a verdict is our own and all in sight";

/** The import table of docs/architecture.md. Whoever changes one changes the other. */
const ROOMS: readonly Room[] = [
  { name: "spec/lang", mayImport: [], reason: "the vocabulary knows nothing of Raft, nor of what explores a spec" },
  { name: "spec/raft", mayImport: ["spec/lang"], reason: "a spec says what is true, with no I/O and no checker in it" },
  {
    name: "spec/mutants",
    mayImport: ["spec/lang", "spec/raft/index.ts"],
    reason: "a mutant is the spec with one rule broken, so it enters the spec by its door and changes what it finds",
  },
  { name: "checker", mayImport: ["spec/lang"], reason: "the checker works on any model and knows nothing of Raft" },
  { name: "checker/search", mayImport: ["checker", "spec/lang"], reason: SEARCH },
  { name: "checker/store", mayImport: ["checker", "spec/lang"], reason: SEARCH },
  {
    name: "checker/history",
    mayImport: [],
    reason: "it judges what clients of any system saw, and knows neither specs nor files",
  },
  {
    name: "checker/spill",
    mayImport: ["checker", "spec/lang"],
    reason: "it says what is written to a disk and read from it; a shell brings the disk",
  },
  {
    name: "checker/fuzz",
    mayImport: ["checker", "spec/lang"],
    mayUseNode: true,
    reason: "it makes random specs and runs them on every engine, and knows nothing of Raft",
  },
  {
    name: "checker/source",
    mayImport: ["checker", "spec/lang"],
    packages: ["ts-morph", "esbuild"],
    mayUseNode: true,
    reason: "it reads the source text of specs, and knows nothing of Raft",
  },
  {
    name: "checker/compile",
    mayImport: ["checker", "spec/lang"],
    packages: ["ts-morph"],
    reason: "it turns syntax trees into code; the files are read by checker/source",
  },
  {
    name: "checker/parallel",
    mayImport: ["checker", "spec/lang"],
    mayUseNode: true,
    reason: "it starts workers, and knows nothing of Raft",
  },
  {
    name: "checker/checkpoint",
    mayImport: ["checker", "spec/lang"],
    mayUseNode: true,
    reason: "it brings searches to files and back, and decides nothing that they find",
  },
  { name: "traces/format", mayImport: [], reason: "the format is a leaf, so that any program may read traces" },
  {
    name: "traces/refine",
    mayImport: ["spec", "checker/index.ts", "traces/format"],
    reason: "it holds traces against the spec; the implementation is known to it by its traces only",
  },
  {
    name: "traces/adapters",
    mayImport: ["traces/format"],
    mayUseNode: true,
    reason: "an adapter turns a foreign trace into ours and judges nothing",
  },
  {
    name: "traces/viewer",
    mayImport: ["traces/format"],
    reason: "the page reads traces; a spec is handed to it as data",
  },
  {
    name: "impl/core",
    mayImport: [],
    reason: "the core has no I/O, no clock and no randomness: events in, effects out",
  },
  { name: "impl/storage", mayImport: ["impl/core"], mayUseNode: true, reason: SHELL },
  { name: "impl/transport", mayImport: ["impl/core"], mayUseNode: true, reason: SHELL },
  { name: "impl/runtime", mayImport: ["impl/core", "shell interfaces"], mayUseNode: true, reason: SHELL },
  {
    name: "impl/kv",
    mayImport: ["impl/core", "shell interfaces"],
    packages: ["fastify", "pino", "prom-client"],
    mayUseNode: true,
    reason: "the service knows a replica by its interface, and leaves HTTP, logs and metrics to well-kept libraries",
  },
  {
    name: "impl/kv/machine",
    mayImport: ["impl/core"],
    reason: "every server must come to the same state from the same commands, so the machine is as pure as the core",
  },
  {
    name: "impl/server",
    mayImport: ["doors of impl"],
    packages: ["pino", "prom-client", "yaml", "zod"],
    mayUseNode: true,
    reason: "it puts a server together from the shells, and knows them by their doors",
  },
  {
    name: "impl/sim",
    mayImport: ["impl/core", "shell interfaces", "impl/kv/machine", "traces/format"],
    reason: "the simulated world meets the shells as interfaces and in-memory twins, so that a seed decides everything",
  },
  {
    name: "cli",
    mayImport: ["doors"],
    packages: ["commander", "picocolors", "esbuild"],
    mayUseNode: true,
    reason: "the commands know every room, and enter it by its index.ts",
  },
  { name: "bench", mayImport: ["doors"], mayUseNode: true, reason: "a benchmark measures what a user can call" },
  {
    name: "examples",
    mayImport: ["doors"],
    packages: ["lockstep"],
    mayUseNode: true,
    reason: "an example shows what a user can write",
  },
  {
    name: "tools",
    mayImport: [],
    packages: ["typescript"],
    mayUseNode: true,
    reason: "tools read the project as text",
  },
  {
    name: "vitest.config",
    mayImport: [],
    packages: ["vitest"],
    mayUseNode: true,
    reason: "it configures the test runner",
  },
];

const DOOR = /^(spec\/[^/]+|checker|checker\/[^/]+|traces\/[^/]+|impl\/[^/]+)\/index\.ts$/;
const SHELL_INTERFACE = /^impl\/(storage|transport|runtime|kv)\/(interface|memory(-[a-z0-9-]+)?)\.ts$/;
const SUITE_OF_CHECKER = /^checker\/.*\.suite\.ts$/;
const SUITE_OF_SIMULATION = /^impl\/sim\/.*\.suite\.ts$/;
/** What a test runs in a thread of its own is bundled first, because Node.js 20 loads no TypeScript there. */
const PACKAGES_OF_TESTS = ["vitest", "fast-check", "esbuild"];
const TEST_FILE = /\.(test|suite|bench)\.ts$/;

/** Imports that the table does not allow, and files that lie in no room of it. */
export function importFindings(source: Source): Finding[] {
  const finding = (line: number, message: string): Finding => ({
    rule: "import-table",
    path: source.path,
    line,
    message,
  });
  const room = roomOf(source.path);
  if (room === undefined) {
    return [finding(1, `lies in no room of the import table (tools/tidy/import-table.ts); move it, or add a room`)];
  }
  return importsOf(source)
    .filter((one) => !isAllowed(room, source, one))
    .map((one) => finding(one.line, `${room.name} may not import ${one.target}: ${reasonFor(room, source, one)}`));
}

function roomOf(path: string): Room | undefined {
  return ROOMS.filter((room) => isIn(path, room.name)).sort((left, right) => right.name.length - left.name.length)[0];
}

function isAllowed(room: Room, source: Source, { kind, target }: Import): boolean {
  if (kind === "node") return room.mayUseNode === true || source.isTest;
  if (kind === "package") {
    return room.packages?.includes(target) === true || (source.isTest && PACKAGES_OF_TESTS.includes(target));
  }
  if (TEST_FILE.test(target) && !source.isTest) return false;
  if (isIn(target, room.name)) return true;
  return [...room.mayImport, ...extraOfTests(source)].some((allowed) => matches(target, allowed));
}

/**
 * A spec is tested by exploring it, so the tests of the spec's rooms may enter the checker by its door. The models of
 * all rooms meet in the commands only, so the tests there may hold them against the checker's laws. The service is
 * tested over a replica in memory, which is worth something only if the real one is held to the same laws.
 */
function extraOfTests(source: Source): readonly string[] {
  if (!source.isTest) return [];
  if (isIn(source.path, "impl/kv")) return ["impl/runtime/index.ts"];
  if (isIn(source.path, "spec")) return ["checker/index.ts"];
  // What clients of a simulated cluster saw is judged by the checker of histories.
  if (isIn(source.path, "impl/sim")) return ["checker/history/index.ts"];
  // The command sim is tested on clusters with a mistake in them, and the simulation can make such clusters.
  return isIn(source.path, "cli") ? ["suites of the checker", "suites of the simulation"] : [];
}

function matches(target: string, allowed: string): boolean {
  if (allowed === "doors") return DOOR.test(target);
  if (allowed === "doors of impl") return DOOR.test(target) && isIn(target, "impl");
  if (allowed === "suites of the checker") return SUITE_OF_CHECKER.test(target);
  if (allowed === "suites of the simulation") return SUITE_OF_SIMULATION.test(target);
  if (allowed === "shell interfaces") return SHELL_INTERFACE.test(target);
  return target === allowed || isIn(target, allowed);
}

function reasonFor(room: Room, source: Source, { kind, target }: Import): string {
  if (kind === "file" && TEST_FILE.test(target) && !source.isTest) return "tests are not part of the program";
  if (crosses(source.path, target, "spec", "impl") || crosses(source.path, target, "impl", "spec")) {
    return "spec and impl are two independent statements of Raft, and share not even a type";
  }
  return room.reason;
}

function crosses(from: string, to: string, fromRoom: string, toRoom: string): boolean {
  return isIn(from, fromRoom) && isIn(to, toRoom);
}
