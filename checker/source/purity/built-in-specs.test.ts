import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot, reportedPath, slashed } from "../modules/package-root.ts";
import { openProgram } from "../modules/program.ts";
import { specResolver } from "../modules/resolution.ts";
import { problemsOf, sourceFiles } from "./check-files.ts";

const folders = ["checker/corpus", "spec/raft", "spec/mutants"];

/** The specs are checked together, so an id set that one of them declares symmetric counts as symmetric in all of them. */
const notSymmetricThere = "this spec leaves Server out of its symmetry, and other specs declare an id set of that name";

/**
 * What our own specs do that a user's may not, with the reason why it is sound there. The list only shrinks.
 */
const exceptions: Readonly<Record<string, string>> = {
  "checker/corpus/chameneos.ts id-position": "each creature starts with any colour, so the set of starts is symmetric",
  "checker/corpus/raft-reconfig-tlaplus/add-remove/reconfiguration.ts id-position": notSymmetricThere,
  "checker/corpus/raft-reconfig-tlaplus/configuration.ts id-position": notSymmetricThere,
  "checker/corpus/raft-tlaplus/properties.ts id-position": "a liveness property, for which symmetry is refused",
  "checker/corpus/readers-writers.ts id-position": "liveness properties, for which symmetry is refused",
  "checker/corpus/scheduling-allocator.ts id-position": "liveness properties, for which symmetry is refused",
  "checker/corpus/sliding-puzzles.ts object-identity": "two pieces on one board never have equal contents",
};

function specFiles(root: string): readonly string[] {
  return folders.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
      .map((path) => slashed(join(root, folder, path)))
      .filter((path) => path.endsWith(".ts") && !/\.(test|suite|bench)\.ts$/.test(path)),
  );
}

describe("our own specs", () => {
  const root = packageRoot();
  const files = specFiles(root);
  const opened = openProgram(files);
  const problems = problemsOf(opened, sourceFiles(opened, files), specResolver());

  it("are found", () => {
    expect(files.length).toBeGreaterThan(50);
  });

  it("do nothing that a user's spec may not do", () => {
    const unexpected = problems.filter(({ file, code }) => !(`${reportedPath(file, root)} ${code}` in exceptions));
    expect(unexpected).toEqual([]);
  });

  it("need every exception that is made for them", () => {
    const made = new Set(problems.map(({ file, code }) => `${reportedPath(file, root)} ${code}`));
    expect(Object.keys(exceptions).filter((exception) => !made.has(exception))).toEqual([]);
  });
});
