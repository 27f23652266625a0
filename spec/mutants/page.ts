/** The page docs/mutants.md, from the records of the mutants and the times of a run. */
import type { Settings } from "../lang/index.ts";
import { twinsOf } from "./models.ts";
import type { Catch, Mutant } from "./mutant.ts";

/** Seconds that a model took, by its name. A model that was never timed is missing. */
export type Times = ReadonlyMap<string, number>;

const introduction = `<!-- Written by spec/mutants/mutants.test.ts: UPDATE=1 npm run mutants. Edit the records, not this page. -->
# Mutants

Each mutant is the Raft specification with one rule broken, by a mistake that shipped in at least one implementation
of Raft. It must be caught by the property named here, checked alone. The search is breadth-first, so that no shorter
behaviour within the bounds of the model breaks the property. The unbroken specification holds at the same bounds.

Any of them can be explored by the name of its model:

    npx lockstep explore figure-8 --expect violated

\`npm test\` explores all of them but \`m21\` and the unbroken specification at the largest bounds, and \`npm run mutants\` that too. The
counts are compared. The times are not: they are what the reference engine took, in seconds of one core, for the run that
wrote this page, and at the largest bounds what the engine \`lowered\` took.

## Caught`;

const aboutBounds = `## The bounds, and the unbroken specification

The bounds are minimal: with any one of the numbers smaller, or any one of the parts off, the mutant escapes. That is
tested, but not for the largest. The bounds were first derived by hand, and a note says
where the checker knew better. Constants that are not named have their defaults. Ids are treated alike.`;

export function page(mutants: readonly Mutant[], times: Times): string {
  const parts = [introduction, caught(mutants, times), aboutBounds, unbroken(mutants, times), notes(mutants)];
  return `${parts.join("\n\n")}\n`;
}

/** The times that a page shows, to be kept by a run that measures none. */
export function timesOn(text: string): Times {
  const cells = [...text.matchAll(/^\|.*$/gm)].map(([row]) => row.split("|").map((cell) => cell.trim()));
  return new Map(
    cells.flatMap((row) => {
      const model = /^`([^`]+)`$/.exec(row[1] ?? "")?.[1];
      const seconds = row.map((cell) => /^([\d.]+) s$/.exec(cell)?.[1]).find((found) => found !== undefined);
      return model === undefined || seconds === undefined ? [] : [[model, Number(seconds)] as const];
    }),
  );
}

function caught(mutants: readonly Mutant[], times: Times): string {
  const heads = ["model", "mutant", "what is broken", "caught by", "states in the trace", "states explored", "time"];
  const row = (mutant: Mutant, { model, property, found }: Catch) => [
    code(model),
    mutant.id,
    mutant.says,
    property,
    grouped(found.traceLength),
    grouped(found.distinct),
    time(model, times),
    mutant.seen,
  ];
  const rows = mutants.flatMap((mutant) => mutant.catches.map((one) => row(mutant, one)));
  return table([...heads, "seen in"], rows);
}

function unbroken(mutants: readonly Mutant[], times: Times): string {
  const heads = ["unbroken", "mutants", "bounds", "holds", "distinct", "generated", "depth", "time"];
  const rows = twinsOf(mutants).map(({ bounds, of, model }) => [
    code(model.name),
    of.map(code).join(" "),
    settings(bounds.set),
    (model.properties ?? []).join(", "),
    grouped(bounds.unbroken.distinct),
    grouped(bounds.unbroken.generated),
    grouped(bounds.unbroken.depth),
    time(model.name, times),
  ]);
  return table(heads, rows);
}

function notes(mutants: readonly Mutant[]): string {
  const catches = mutants.flatMap((mutant) => mutant.catches);
  return catches.flatMap(({ model, note }) => (note === undefined ? [] : [`- ${code(model)}: ${note}`])).join("\n");
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function settings(set: Settings): string {
  return Object.entries(set)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}

function time(model: string, times: Times): string {
  const seconds = times.get(model);
  return seconds === undefined ? "not measured" : `${seconds.toFixed(1)} s`;
}

/** 1234567 as 1,234,567, whatever the language of the machine. */
function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

function code(text: string): string {
  return `\`${text}\``;
}
