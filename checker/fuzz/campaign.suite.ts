/** Many programs, one after the other: what is compared, counted and reported. */
import { type Compared, compared, type Difference, type Together } from "./comparison.suite.ts";
import { declarationOf } from "./evaluation.suite.ts";
import { programOf } from "./generator.suite.ts";
import { bodyOf, fileOf, type Program, type Theme, themes } from "./program.suite.ts";
import { shrunk } from "./shrinking.suite.ts";

/** A program that shows a difference. */
export interface Finding {
  readonly seed: number;
  readonly theme: Theme;
  readonly differences: readonly Difference[];
}

export interface Summary {
  programs: number;
  /** Programs by how they ended. */
  readonly verdicts: Record<string, number>;
  readonly byTheme: Record<Theme, { programs: number; different: number }>;
  /** Programs that were run by two workers too. */
  workers: number;
  reduced: number;
  /** States of all programs together. */
  states: number;
  readonly findings: Finding[];
  /** Milliseconds by what was done. */
  readonly times: Record<string, number>;
}

/** Where the campaign gets its clock and its threads. */
export interface Setting {
  readonly now: () => number;
  /** Two workers for this program; null where it is not one of the sample. */
  readonly together: (program: Program) => Together | null;
}

export function emptySummary(): Summary {
  const byTheme = Object.fromEntries(
    themes.map((theme) => [theme, { programs: 0, different: 0 }]),
  ) as Summary["byTheme"];
  return { programs: 0, verdicts: {}, byTheme, workers: 0, reduced: 0, states: 0, findings: [], times: {} };
}

/** Compares all engines on the program of this seed, and adds what came out. */
export function take(summary: Summary, seed: number, setting: Setting, wanted: Theme | null = null): Finding | null {
  const start = setting.now();
  const program = programOf(seed, wanted);
  summary.times["generator"] = (summary.times["generator"] ?? 0) + setting.now() - start;
  const together = setting.together(program);
  const result = comparedProgram(program, setting.now, together);
  summary.programs += 1;
  summary.states += result.distinct;
  if (together !== null) summary.workers += 1;
  if (program.symmetry !== null || program.deadData !== null) summary.reduced += 1;
  summary.verdicts[result.verdict] = (summary.verdicts[result.verdict] ?? 0) + 1;
  for (const [name, time] of Object.entries(result.times)) summary.times[name] = (summary.times[name] ?? 0) + time;
  const counts = summary.byTheme[program.theme];
  counts.programs += 1;
  if (result.differences.length === 0) return null;
  counts.different += 1;
  const finding = { seed, theme: program.theme, differences: result.differences };
  summary.findings.push(finding);
  return finding;
}

/** A program that cannot be made at all is different from what it should be. */
function comparedProgram(program: Program, now: () => number, together: Together | null): Compared {
  return comparedBody(bodyOf(program), now, together);
}

/** The body of a module on every engine. */
export function comparedBody(body: string, now: () => number, together: Together | null): Compared {
  try {
    return compared(declarationOf(body), now, together);
  } catch (error) {
    const found = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    const differences = [{ engine: "all", what: "cannot be made", expected: "a spec", found }];
    return { verdict: "not built", differences, error: found, distinct: 0, times: {} };
  }
}

/** What a program ends in that names a field or a variable which is no longer there. */
const broken = /Cannot (read|set) properties of undefined|is not (defined|iterable|a function)/;

/** The smallest program found that shows a difference of this kind. */
export function shrunkProgram(seed: number, wanted: Theme | null, tries = 200): Program {
  const program = programOf(seed, wanted);
  const result = comparedProgram(program, () => 0, null);
  const kinds = ({ differences }: Compared): readonly string[] =>
    differences.map(({ engine, what, found }) =>
      what === "crash" || what === "blame" || what.startsWith("cannot")
        ? `${engine} ${what} ${found.slice(0, 60)}`
        : engine,
    );
  const [first] = kinds(result);
  if (first === undefined) return program;
  const isSame = (one: Program): boolean => {
    const smaller = comparedProgram(one, () => 0, null);
    return kinds(smaller).includes(first) && (smaller.error === result.error || !broken.test(smaller.error ?? ""));
  };
  return shrunk(program, isSame, tries);
}

/** The finding as text: what differs in the program as it is given, which is the one of the seed or a smaller one. */
export function findingText({ seed, theme, differences }: Finding, program: Program): string {
  const now = comparedProgram(program, () => 0, null).differences;
  // What two workers find is not tried again.
  const listed = differencesText(now.length === 0 ? differences : now);
  return `// seed ${seed}, ${theme}: the engines differ\n${listed}\n${fileOf(program)}`;
}

export function differencesText(differences: readonly Difference[]): string {
  return differences
    .map(
      ({ engine, what, expected, found }) =>
        `//   ${engine}: ${what}\n//     expected ${expected}\n//     found    ${found}`,
    )
    .join("\n");
}
