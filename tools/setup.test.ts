import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { build, isBuildCurrent } from "./setup/build.mjs";
import { dependenciesProblem, lockDifference } from "./setup/dependencies.mjs";
import { NODE_VERSION_MIN, nodeVersionProblem } from "./setup/node-version.mjs";

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

describe("the version of Node.js", () => {
  it("is the one package.json asks for", () => {
    const manifest: { engines: { node: string } } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8"));
    expect(manifest.engines.node).toBe(`>=${NODE_VERSION_MIN.join(".")}`);
  });

  it("is enough from the oldest on", () => {
    expect(["20.19.0", "20.20.2", "22.0.0", "24.1.0"].map(nodeVersionProblem)).toEqual(Array(4).fill(undefined));
  });

  it("is named, with what to do, when it is too old", () => {
    expect(nodeVersionProblem("20.18.3")).toBe(
      "Lockstep needs Node.js 20.19 or newer, and this is Node.js 20.18.3. " +
        "Install a current Node.js (20, 22 or 24) and run the command again.",
    );
    expect(nodeVersionProblem("18.20.0")).toContain("this is Node.js 18.20.0");
  });
});

describe("the installed packages", () => {
  const machine = { os: "linux", cpu: "x64" };
  const locked = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/b-linux": { version: "1.0.0", integrity: "sha512-l", optional: true, os: ["linux"] },
    "node_modules/b-win": { version: "1.0.0", integrity: "sha512-w", optional: true, os: ["win32"] },
  };
  const { "": _self, "node_modules/b-win": _other, ...installed } = locked;

  it("are right when they are those of the lock file, those of other machines left out", () => {
    expect(lockDifference(locked, installed, machine)).toBeUndefined();
  });

  it("are wrong when one is missing, of another version, of other content, needless or for another machine", () => {
    const { "node_modules/a": a, ...withoutA } = installed;
    const differences = [
      withoutA,
      { ...installed, "node_modules/a": { ...a, version: "0.9.0" } },
      { ...installed, "node_modules/a": { ...a, integrity: "sha512-z" } },
      { ...installed, "node_modules/c": { version: "1.0.0" } },
      { ...installed, "node_modules/b-win": locked["node_modules/b-win"] },
    ].map((found) => lockDifference(locked, found, machine));
    expect(differences).toEqual([
      "node_modules/a is not installed",
      "node_modules/a is 0.9.0 and should be 1.0.0",
      "node_modules/a is not the package that package-lock.json names",
      "node_modules/c is not in package-lock.json",
      "node_modules/b-win is for another machine",
    ]);
  });

  it("are right in the repository whose tests are running", () => {
    expect(dependenciesProblem(ROOT)).toBeUndefined();
  });
});

describe("the build", () => {
  let root = "";

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), "lockstep-setup-"));
    symlinkSync(join(ROOT, "node_modules"), join(root, "node_modules"), "junction");
    write("package.json", '{ "type": "module" }');
    write("package-lock.json", '{ "packages": {} }');
    write("tsconfig.json", '{ "compilerOptions": { "module": "NodeNext", "types": [], "rootDir": "." } }');
    const options = { outDir: "dist", incremental: true, tsBuildInfoFile: "dist/.tsbuildinfo", declaration: true };
    write(
      "tsconfig.build.json",
      JSON.stringify({ extends: "./tsconfig.json", compilerOptions: options, include: ["spec"] }),
    );
  });

  afterEach(() => rmSync(root, { recursive: true }));

  function write(path: string, text: string): void {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }

  it("is made once, again when a source changes, and not for a test", () => {
    write("spec/lang/one.ts", "export const one = 1;\n");
    expect(isBuildCurrent(root)).toBe(false);
    expect(build(root)).toBeUndefined();
    expect(isBuildCurrent(root)).toBe(true);
    write("spec/lang/one.test.ts", "export {};\n");
    expect(isBuildCurrent(root)).toBe(true);
    write("spec/lang/one.ts", "export const one = 2;\n");
    expect(isBuildCurrent(root)).toBe(false);
  });

  it("keeps nothing of a source that is gone", () => {
    write("spec/lang/one.ts", "export const one = 1;\n");
    write("spec/lang/two.ts", "export const two = 2;\n");
    expect(build(root)).toBeUndefined();
    rmSync(join(root, "spec/lang/two.ts"));
    expect(isBuildCurrent(root)).toBe(false);
    expect(build(root)).toBeUndefined();
    expect(readdirSync(join(root, "dist/spec/lang"))).toEqual(["one.d.ts", "one.js"]);
  });

  it("says what the compiler said when it refuses, and is not current then", () => {
    write("spec/lang/one.ts", 'export const one: number = "1";\n');
    const problem = build(root);
    expect(problem).toContain("The sources do not compile. Mend what the compiler names and try again:");
    expect(problem).toContain("spec/lang/one.ts(1,14): error TS2322");
    expect(isBuildCurrent(root)).toBe(false);
  });
});
