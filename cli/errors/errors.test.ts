import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { env } from "node:process";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commandLine } from "./command-line.suite.ts";
import { declarations } from "./declarations.suite.ts";
import { engines } from "./engines.suite.ts";
import { type Chapter, type Shown, shownAlone, shownOf } from "./entry.suite.ts";
import { files } from "./files.suite.ts";
import { correctedOf, insteadOf } from "./instead.suite.ts";
import { loading } from "./loading.suite.ts";
import { page } from "./page.suite.ts";
import { purity } from "./purity.suite.ts";
import { running } from "./running.suite.ts";
import { types } from "./types.suite.ts";

const PAGE = join(dirname(dirname(dirname(fileURLToPath(import.meta.url)))), "docs", "errors.md");
const chapters: readonly Chapter[] = [declarations, types, purity, running, engines, loading, commandLine, files];

const folder = mkdtempSync(join(tmpdir(), "lockstep-errors-"));
const shown: { readonly chapter: Chapter; readonly shown: readonly Shown[] }[] = [];

beforeAll(async () => {
  for (const [at, chapter] of chapters.entries())
    shown.push({ chapter, shown: await shownOf(chapter, join(folder, String(at))) });
  if (env["UPDATE"] === "1") writeFileSync(PAGE, page(shown));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe("the page docs/errors.md", () => {
  it("shows what is printed today", () => {
    expect(readFileSync(PAGE, "utf8")).toBe(page(shown));
  });

  it("shows errors only: each has an exit code that says so, and says what to do", () => {
    const unhelpful = shown.flatMap(({ chapter, shown: all }) =>
      all.flatMap(({ exit, printed }, at) => {
        const helps = /^ +try |Did you mean|--help shows|Allowed choices|again /m.test(printed);
        const isOurs =
          printed.includes("a mistake of lockstep") && chapter.entries[at]?.title !== "A defect of lockstep";
        return exit !== 0 && exit !== 2 && helps && !isOurs ? [] : [chapter.entries[at]?.title];
      }),
    );
    expect(unhelpful).toEqual([]);
  });

  it("names the line and the column of the author's own file wherever a line is to blame", () => {
    const ofLines = [declarations, types, purity, running];
    const placeless = shown
      .filter(({ chapter }) => ofLines.includes(chapter))
      .flatMap(({ chapter, shown: all }) =>
        all.flatMap(({ printed }, at) => (/shop\.ts:\d+:\d+/.test(printed) ? [] : [chapter.entries[at]?.title])),
      );
    expect(placeless).toEqual([]);
  });
});

describe("what to write instead", () => {
  it("can be explored, and every property holds then", async () => {
    const corrected = await correctedOf(chapters, join(folder, "corrected"));
    expect(corrected.filter(({ exit }) => exit !== 0)).toEqual([]);
    expect(corrected.length).toBeGreaterThan(140);
  });

  it("is shown wherever a line is to blame, but for the lines that are only to be removed", () => {
    const ofLines = [declarations, types, purity, running];
    const missing = ofLines.flatMap(({ entries }) => entries.filter(({ instead }) => instead === undefined));
    expect(missing.map(({ title }) => title)).toEqual([
      "A declaration that throws when the file is loaded",
      "Another entry point of lockstep is imported",
      "A comment that hides type errors",
    ]);
  });

  it("is never without a line", () => {
    const blank = chapters.flatMap(({ entries }) => entries.filter((entry) => insteadOf(entry) === ""));
    expect(blank.map(({ title }) => title)).toEqual([]);
  });
});

describe("an error while a spec runs", () => {
  for (const engine of ["views", "reference"]) {
    it(`is printed by the engine ${engine} as by the default one`, async () => {
      const [first] = shown.filter(({ chapter }) => chapter === running);
      const differences: unknown[] = [];
      for (const [at, entry] of running.entries.entries()) {
        // No other engine than the reference takes a view.
        if (entry.title === "A view fails" && engine === "views") continue;
        const { printed } = await shownAlone(
          { ...entry, line: `explore shop.ts --engine ${engine}` },
          join(folder, String(chapters.indexOf(running)), String(at)),
        );
        const expected = first?.shown[at]?.printed;
        if (withoutCounts(printed) !== withoutCounts(expected ?? ""))
          differences.push({ title: entry.title, printed, expected });
      }
      expect(differences).toEqual([]);
    });
  }
});

/** Engines take the steps of a level in different orders, so each has seen another number of states by then. */
function withoutCounts(printed: string): string {
  return printed.replaceAll(/ · [\d,]+ distinct states?/g, "").replaceAll(/\bj: j\d\b|\[j\d\]/g, "");
}
