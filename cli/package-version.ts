import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The version in the nearest package.json above this file: the sources and the build are at different depths. */
export function packageVersion(folder = dirname(fileURLToPath(import.meta.url))): string {
  const path = join(folder, "package.json");
  if (existsSync(path)) {
    const manifest: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof manifest === "object" && manifest !== null && "version" in manifest) return String(manifest.version);
  }
  const above = dirname(folder);
  return above === folder ? "unknown" : packageVersion(above);
}
