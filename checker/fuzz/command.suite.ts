/** `npm run fuzz`: a campaign on the terminal. */
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import {
  comparedBody,
  differencesText,
  emptySummary,
  findingText,
  type Summary,
  shrunkProgram,
  take,
} from "./campaign.suite.ts";
import { bodyOfFile, type Theme, themes } from "./program.suite.ts";
import { twoWorkers } from "./two-workers.suite.ts";

const usage = `npm run fuzz -- [options]
  --programs <count>  how many random programs (default: 2000)
  --seed <seed>       the seed of the first; the others follow, so that a campaign is resumed by its next seed (default: 1)
  --first <count>     end after so many programs that differ (default: 20)
  --theme <name>      ${themes.join(", ")} (default: as the seed says)
  --workers <every>   of so many programs one is run by two workers too; 0 for none (default: 200)
  --whole             print programs as they are, not made smaller
  --file <path>       the program in this file, as an earlier run has printed it, and no other
`;

interface Options {
  readonly programs: number;
  readonly seed: number;
  readonly first: number;
  readonly theme: Theme | null;
  readonly workers: number;
  readonly isWhole: boolean;
  readonly file: string | null;
}

/** Runs a campaign. Returns the exit code: 0 where no program differs, 1 where one does, 2 where the options are wrong. */
export async function fuzz(args: readonly string[], bundle: URL, write: (text: string) => void): Promise<number> {
  const options = optionsOf(args);
  if (options === null) {
    write(usage);
    return 2;
  }
  if (options.file !== null) return fuzzFile(readFileSync(options.file, "utf8"), write);
  const { programs, seed, first, theme, workers } = options;
  const now = (): number => performance.now();
  const threads = workers === 0 ? null : twoWorkers(bundle, workers);
  const setting = { now, together: threads?.together ?? (() => null) };
  const summary = emptySummary();
  const start = now();
  let reported = start;
  let next = seed;
  for (; next < seed + programs && summary.findings.length < first; next += 1) {
    const finding = take(summary, next, setting, theme);
    await threads?.gone();
    if (finding !== null) {
      write(`${findingText(finding, shrunkProgram(next, theme, options.isWhole ? 0 : 200))}\n`);
    }
    if (now() - reported > 10_000) {
      reported = now();
      write(`${progressText(summary, now() - start)}\n`);
    }
  }
  write(summaryText(summary, now() - start, next));
  if (threads !== null && summary.workers > 0 && threads.generated() === 0) {
    write("No thread has generated a state: the two workers were not tried.\n");
    return 1;
  }
  return summary.findings.length === 0 ? 0 : 1;
}

function fuzzFile(text: string, write: (text: string) => void): number {
  const { verdict, error, distinct, differences } = comparedBody(bodyOfFile(text), () => 0, null);
  write(`${verdict}, ${distinct} states${error === null ? "" : `: ${error}`}\n`);
  if (differences.length === 0) return 0;
  write(`the engines differ\n${differencesText(differences)}\n`);
  return 1;
}

function optionsOf(args: readonly string[]): Options | null {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        programs: { type: "string", default: "2000" },
        seed: { type: "string", default: "1" },
        first: { type: "string", default: "20" },
        theme: { type: "string" },
        file: { type: "string" },
        workers: { type: "string", default: "200" },
        whole: { type: "boolean", default: false },
      },
    });
    const numbers = [values.programs, values.seed, values.first, values.workers].map(Number);
    const [programs = 0, seed = 0, first = 0, workers = 0] = numbers;
    const theme = values.theme === undefined ? null : themes.find((one) => one === values.theme);
    if (theme === undefined || !numbers.every((one) => Number.isSafeInteger(one) && one >= 0)) return null;
    return { programs, seed, first, theme, workers, isWhole: values.whole, file: values.file ?? null };
  } catch {
    return null;
  }
}

function progressText({ programs, findings }: Summary, milliseconds: number): string {
  const rate = Math.round((programs / milliseconds) * 1000);
  return `${programs} programs, ${rate} a second, ${findings.length} differ`;
}

export function summaryText(summary: Summary, milliseconds: number, next: number): string {
  const { verdicts, byTheme, times, workers, reduced, states, programs } = summary;
  const listed = (counts: Readonly<Record<string, number>>): string =>
    Object.entries(counts)
      .map(([name, count]) => `${name} ${Math.round(count)}`)
      .join(", ");
  const rows = themes.map((theme) => {
    const { programs: all, different } = byTheme[theme];
    return `  ${theme.padEnd(12)}${String(all).padStart(8)} programs ${String(different).padStart(6)} differ\n`;
  });
  return [
    `${progressText(summary, milliseconds)}; the next seed is ${next}\n`,
    ...rows,
    `verdicts: ${listed(verdicts)}\n`,
    `${workers} run by two workers too, ${reduced} with a reduction; ${(states / programs).toFixed(1)} states a program\n`,
    `milliseconds: ${listed(times)}\n`,
  ].join("");
}
