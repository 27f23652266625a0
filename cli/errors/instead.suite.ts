/** What entries say to write instead: every one of these specs is explored, so that no advice is untested. */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ran } from "../fake-io.suite.ts";
import { base, type Chapter, changed, type Entry, specsIn } from "./entry.suite.ts";
import { linesBesides } from "./lines.suite.ts";

/** One spec that an entry says to write, and how its exploration ended. */
interface Corrected {
  readonly title: string;
  readonly exit: number;
  readonly printed: string;
}

/**
 * Explores the corrected specs of these chapters: many are read as one file, which takes a fraction of the time. Those with
 * symmetric ids are read by themselves, since what is said of ids holds for all files that are read together.
 */
export async function correctedOf(chapters: readonly Chapter[], folder: string): Promise<readonly Corrected[]> {
  const all = chapters.flatMap(({ entries }) => entries.filter(({ instead }) => instead !== undefined));
  const isSymmetric = (entry: Entry): boolean => corrected(entry).includes("symmetry:");
  return [
    ...(await exploredTogether(
      all.filter((entry) => !isSymmetric(entry)),
      join(folder, "plain"),
    )),
    ...(await exploredTogether(all.filter(isSymmetric), join(folder, "symmetric"))),
  ];
}

async function exploredTogether(entries: readonly Entry[], folder: string): Promise<readonly Corrected[]> {
  const exported = entries.map((entry, at) => {
    const files = { "shop.ts": corrected(entry), ...entry.instead?.beside };
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, String(at), name)), { recursive: true });
      writeFileSync(join(folder, String(at), name), content);
    }
    return `export { shopSpec as spec${at} } from "./${at}/shop.ts";\n`;
  });
  const path = join(folder, "all.ts");
  writeFileSync(path, exported.join(""));
  const specs = specsIn(folder);
  const results: Corrected[] = [];
  for (const [at, { title, instead }] of entries.entries()) {
    const options = instead?.options === undefined ? "" : ` ${instead.options}`;
    const { exit, stdout, stderr } = await ran(`explore ${path} --model spec${at}${options}`, { specs });
    results.push({ title, exit, printed: `${stdout}${stderr}` });
  }
  return results;
}

/** What the page shows of a correction: the lines that neither the base nor the wrong spec has. */
export function insteadOf(entry: Entry): string | null {
  return entry.instead === undefined ? null : linesBesides(corrected(entry), [base, changed(base, entry)]);
}

function corrected({ title, instead }: Entry): string {
  return changed(base, { title: `${title}, corrected`, change: instead?.change ?? [] });
}
