import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isPrinted, type Site, sitesOf } from "./raised/sites.ts";
import { unshown } from "./raised/unshown.ts";

const ROOT = join(import.meta.dirname, "..");
const page = readFileSync(join(ROOT, "docs/errors.md"), "utf8");

/** What an author of a spec meets: the language, the loader, the engines, and the commands that run them. */
const places = [
  ...["spec/lang", "checker/source/load", "checker/source/purity", "checker/reference", "checker/search"],
  ...["checker/compile", "checker/parallel", "checker/engines.ts"],
  ...["cli/model-selection.ts", "cli/settings.ts", "cli/checkpoints.ts", "cli/spilling.ts", "cli/drive.ts"],
  ...["cli/run-options.ts", "cli/trace-file.ts", "cli/commands/explore.ts", "cli/commands/simulate.ts"],
  "cli/commands/replay.ts",
];

function filesOf(place: string): readonly string[] {
  if (place.endsWith(".ts")) return [place];
  return readdirSync(join(ROOT, place), { recursive: true, encoding: "utf8" })
    .map((file) => `${place}/${file}`)
    .filter((file) => /(?<!\.(?:test|suite|bench))\.ts$/.test(file))
    .sort();
}

const sites = places.flatMap(filesOf).flatMap((file) => sitesOf(file, readFileSync(join(ROOT, file), "utf8")));
const named = ({ file, text }: Site): string => `${file}: ${text}`;
/** What is printed, message by message. */
const messages = [...page.matchAll(/^```text\n(.*?)^```$/gms)].flatMap(([, printed = ""]) =>
  printed.split(/^(?=lockstep: )/m),
);
const isShown = (site: Site): boolean => messages.some((message) => isPrinted(site, message));

describe("the errors that the sources raise", () => {
  it("are in docs/errors.md, all but those of which a reason says why not", () => {
    const missing = sites.filter((site) => !isShown(site)).map(named);
    expect([...new Set(missing)]).toEqual(Object.keys(unshown));
  });

  it("are found where they are known to be", () => {
    expect(sites.length).toBeGreaterThan(120);
    const texts = sites.map(named);
    expect(texts).toContain("spec/lang/schema.ts: integer(..., ...): the range is empty");
    expect(texts).toContain("cli/settings.ts: --set ... is given twice");
    expect(texts).toContain("checker/source/purity/globals.ts: reads the clock");
  });

  it("are found in any form: thrown, reported, or as a problem, also by a constant and a condition", () => {
    const text = `
      const message = \`the \${kind} is gone\`;
      if (a) throw new SpecError(message);
      context.report(node, "code", b ? "one" : "two", "advice");
      refuse({ code: "c", what: "three", tries: [] });
      throw new Error("ours");`;
    expect(sitesOf("x.ts", text).map(({ line, text }) => [line, text])).toEqual([
      [3, "the ... is gone"],
      [4, "one"],
      [4, "two"],
      [5, "three"],
    ]);
  });
});
