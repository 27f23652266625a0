import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { BUILT_FOLDERS } from "./setup/build.mjs";
import { CANARIES, CLEAN } from "./tidy/canaries.ts";
import { checkRepository } from "./tidy/check.ts";
import { type Finding, formatFinding, RULE_NAMES, type RuleName } from "./tidy/finding.ts";
import { readRepository, repositoryOf } from "./tidy/repository.ts";

/** A rule that one file may break. The list only shrinks. */
interface Exception {
  readonly rule: RuleName;
  readonly path: string;
  readonly reason: string;
}

const EXCEPTIONS: readonly Exception[] = [
  {
    rule: "generated-code",
    path: "checker/fuzz/evaluation.suite.ts",
    reason: "a random spec is source text, so that what fails can be printed, kept in a file and explored from there",
  },
];

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

describe("the repository", () => {
  const findings = checkRepository(readRepository(ROOT));
  const excuses = (exception: Exception, finding: Finding) =>
    exception.rule === finding.rule && exception.path === finding.path;

  for (const rule of RULE_NAMES) {
    it(`keeps the rule ${rule}`, () => {
      const unexcused = findings
        .filter((finding) => finding.rule === rule)
        .filter((finding) => !EXCEPTIONS.some((exception) => excuses(exception, finding)));
      expect(unexcused.map(formatFinding)).toEqual([]);
    });
  }

  it("needs every exception that is listed", () => {
    const needless = EXCEPTIONS.filter((exception) => !findings.some((finding) => excuses(exception, finding)));
    expect(needless).toEqual([]);
  });

  it("compiles the same folders in the build and in the check whether the build is current", () => {
    const configuration: { include: string[] } = JSON.parse(readFileSync(join(ROOT, "tsconfig.build.json"), "utf8"));
    expect(configuration.include).toEqual(BUILT_FOLDERS.map((folder) => `${folder}/**/*.ts`));
  });

  it("ships a lock file that names no place to fetch packages from", () => {
    const path = join(ROOT, "package-lock.json");
    expect(existsSync(path)).toBe(true);
    expect(readFileSync(path, "utf8")).not.toContain('"resolved"');
  });
});

describe("the rules", () => {
  for (const { rule, files, says } of CANARIES) {
    it(`${rule}: catches that ${says}`, () => {
      const caught = checkRepository(repositoryOf(files));
      expect(caught.map((finding) => finding.rule)).toEqual([rule]);
      expect(caught[0]?.message).toContain(says);
    });
  }

  it("have a canary each", () => {
    const tried = new Set(CANARIES.map(({ rule }) => rule));
    expect(RULE_NAMES.filter((rule) => !tried.has(rule))).toEqual([]);
  });

  for (const { name, files } of CLEAN) {
    it(`allow ${name}`, () => {
      expect(checkRepository(repositoryOf(files)).map(formatFinding)).toEqual([]);
    });
  }

  it("name the line of what they found", () => {
    const text = "// one\n\nexport const two = Math.max(1, 2);\nexport const four = Math.random();\n";
    expect(checkRepository(repositoryOf([{ path: "spec/lang/two.ts", text }]))).toEqual([
      {
        rule: "ambience",
        path: "spec/lang/two.ts",
        line: 4,
        message: "time, randomness and the machine are inputs here: take them as a parameter",
      },
    ]);
  });
});
