import { type Finding, lineAt, type RuleName } from "./finding.ts";
import type { Repository } from "./repository.ts";

interface Manifest {
  readonly dependencies?: Record<string, string>;
  readonly devDependencies?: Record<string, string>;
}

const EXACT = /^\d+\.\d+\.\d+(-[\w.]+)?$/;

/** Every package is pinned to one version, and CONTRIBUTING.md names it with the reason it is there. */
export function dependencyFindings({ files }: Repository): Finding[] {
  const manifest = files.find(({ path }) => path === "package.json");
  if (manifest === undefined) return [];
  const { dependencies, devDependencies }: Manifest = JSON.parse(manifest.text);
  const reasons = files.find(({ path }) => path === "CONTRIBUTING.md")?.text ?? "";
  return Object.entries({ ...dependencies, ...devDependencies }).flatMap(([name, version]) => {
    const line = lineAt(manifest.text, manifest.text.indexOf(`"${name}"`));
    const finding = (rule: RuleName, message: string): Finding => ({ rule, path: "package.json", line, message });
    const found: Finding[] = [];
    if (!EXACT.test(version)) found.push(finding("dependency-pin", `${name} "${version}" is not one exact version`));
    if (!new RegExp(`^\\| \`${name}\` \\|.*\\w`, "m").test(reasons)) {
      found.push(finding("dependency-reason", `the table of CONTRIBUTING.md gives no reason for ${name}`));
    }
    return found;
  });
}
