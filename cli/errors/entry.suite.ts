/** The page docs/errors.md: what is written, what is printed. Each entry is run through the door of the program. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { ModelDeclaration } from "../../spec/lang/index.ts";
import { type FakeWorld, ran } from "../fake-io.suite.ts";
import { nodeSpecs } from "../node-specs.ts";
import type { SpecSource } from "../spec-source.ts";
import { linesBesides } from "./lines.suite.ts";

export interface Chapter {
  readonly title: string;
  readonly says: string;
  readonly entries: readonly Entry[];
  /** Set where every entry is refused before it is loaded: then several are read at once, which takes a fraction of the time. */
  readonly read?: "together";
}

type Change = readonly [from: string, to: string];

/** Another change of the base: a spec that can be explored. */
export interface Instead {
  readonly change: readonly Change[];
  /** Files beside the spec, by name. */
  readonly beside?: Readonly<Record<string, string>>;
  /** What the command line says besides the path of the spec. */
  readonly options?: string;
}

export interface Entry {
  /** What the user did, as the heading says it. */
  readonly title: string;
  /** What of the base is written in another way: a text that occurs in it once, and what replaces it. */
  readonly change?: readonly Change[];
  /** What to write instead. It is run, too. */
  readonly instead?: Instead;
  /** Another file than the base. */
  readonly text?: string;
  /** Files beside the spec, by name. */
  readonly beside?: Readonly<Record<string, string>>;
  /** The command line; that of an exploration of the spec where it is absent. */
  readonly line?: string;
  /** A command line that is run before, in the same folder. */
  readonly before?: string;
  readonly world?: FakeWorld;
  /** Models made in the test, by path, where no source text shows the error. */
  readonly models?: Readonly<Record<string, readonly ModelDeclaration[]>>;
  /** A sentence about how the error comes about, where the text that was written does not show it. */
  readonly note?: string;
}

/** What the entries change. */
export const base = `import { bag, bagOf, boolean, choose, chooseUnique, count, equal, first, flag, type Id, id, ids, initially, integer, map, mapOf, min, oneOf, option, part, permutations, protocol, range, record, seq, sequence, set, setOf, subsets, union, withRules } from "lockstep";

const shop = protocol("Shop", {
  constants: {
    Jar: ids("j", { default: 2, says: "the jars" }),
    max: count({ default: 2, max: 9, says: "how full a jar gets" }),
    lids: flag({ default: false, says: "whether jars have lids" }),
  },
  rules: { room: (level: number, max: number) => level < max },
  state: (c) =>
    record({
      sold: integer(0, 2),
      level: map(id(c.Jar), integer(0, c.max)),
      label: map(id(c.Jar), record({ price: integer(0, 3) })),
      till: record({ coins: integer(0, 3) }),
      log: sequence(record({ jar: id(c.Jar) }), 2),
      open: set(id(c.Jar)),
      mail: bag(integer(0, 3)),
      last: option(record({ jar: id(c.Jar), price: integer(0, 3) })),
      lid: part(c.lids, map(id(c.Jar), boolean())),
    }),
});

const fill = shop.action("Fill", {
  says: "A jar is filled.",
  params: (c) => ({ j: id(c.Jar) }),
  guard: (s, { j }, c) => s.level.get(j) < c.max,
  effect: (s, { j }, c) => {
    s.level.set(j, c.max);
  },
});

const room = shop.invariant("Room", {
  says: "No jar is too full.",
  holds: (s, c) => s.level.every((level) => level <= c.max),
});

export const shopSpec = shop.spec({
  says: "Jars are filled.",
  terminates: true,
  actions: [fill],
  properties: [room],
});
`;

/** One run of an entry, as the page shows it. */
export interface Shown {
  readonly written: string;
  readonly line: string;
  readonly printed: string;
  readonly exit: number;
}

/** Runs the entries of a chapter. */
export async function shownOf({ entries, read }: Chapter, folder: string): Promise<readonly Shown[]> {
  if (read === "together") return shownTogether(entries, folder);
  const shown: Shown[] = [];
  for (const [at, entry] of entries.entries()) shown.push(await shownAlone(entry, join(folder, String(at))));
  return shown;
}

/** Problems that one message about a spec has room for, by far. */
const readAtOnce = 6;

/** Lets one file import the specs of several entries, and tells their problems apart by their files. */
async function shownTogether(entries: readonly Entry[], folder: string): Promise<readonly Shown[]> {
  const shown: Shown[] = [];
  for (let from = 0; from < entries.length; from += readAtOnce) {
    const some = entries.slice(from, from + readAtOnce).map((entry, at) => ({ entry, name: `${from + at}/shop.ts` }));
    for (const { entry, name } of some) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), changed(base, entry));
    }
    const all = join(folder, `all-${from}.ts`);
    writeFileSync(all, some.map(({ name }) => `import "./${name}";\n`).join(""));
    const { exit, stderr } = await ran(`explore ${all}`, { specs: nodeSpecs(folder) });
    const problems = stderr.split(/^(?=lockstep: )/m);
    for (const { entry, name } of some) {
      const own = problems.filter((problem) => problem.startsWith(`lockstep: ${name}`));
      if (own.length === 0) throw new Error(`${entry.title}: nothing is refused. In all: ${stderr}`);
      const printed = own.join("").replaceAll(name, "shop.ts");
      shown.push({ written: linesBesides(changed(base, entry), [base]), line: "explore shop.ts", printed, exit });
    }
  }
  return shown;
}

const known = new Map<string, SpecSource>();

/** The specs of one folder, as if it were the working folder. Each is read once, whatever runs it. */
export function specsIn(folder: string): SpecSource {
  const before = known.get(folder);
  if (before !== undefined) return before;
  const specs = nodeSpecs(folder);
  const loads = new Map<string, ReturnType<SpecSource["load"]>>();
  const load = (path: string): ReturnType<SpecSource["load"]> => {
    const loaded = loads.get(path) ?? specs.load(path === "shop.ts" ? join(folder, path) : path);
    loads.set(path, loaded);
    return loaded;
  };
  const source = { ...specs, load };
  known.set(folder, source);
  return source;
}

/** Runs an entry in a folder of its own. */
export async function shownAlone(entry: Entry, folder: string): Promise<Shown> {
  const text = entry.text ?? changed(base, entry);
  const files = { "shop.ts": text, ...entry.beside };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  const line = entry.line ?? "explore shop.ts";
  const specs = specsIn(folder);
  const world = entry.models === undefined ? { specs, ...entry.world } : { models: entry.models, ...entry.world };
  if (entry.before !== undefined) await ran(entry.before.replaceAll("FOLDER", folder), world);
  const { exit, stdout, stderr } = await ran(line.replaceAll("FOLDER", folder), world);
  const printed = `${reported(stdout)}${stderr}`.replaceAll(`${folder}/`, "").replaceAll("FOLDER/", "");
  const written =
    entry.models !== undefined || text === "" ? "" : linesBesides(text, [entry.text === undefined ? base : ""]);
  return { written, line: line.replaceAll("FOLDER/", ""), printed, exit };
}

/** The text with the changes made. */
export function changed(text: string, { title, change = [] }: Pick<Entry, "title" | "change">): string {
  let result = text;
  for (const [from, to] of change) {
    if (result.split(from).length !== 2) throw new Error(`${title}: the base does not have ${from} once`);
    result = result.replace(from, () => to);
  }
  return result;
}

/** Of a report what it says of the error: the counts before and the behaviour after it are those of any report. */
function reported(stdout: string): string {
  const found = /^(FAILED|DIVERGED|VIOLATED)[\s\S]*?\n\n/m.exec(`${stdout}\n`);
  return found === null ? stdout : `${found[0].trimEnd()}\n`;
}
