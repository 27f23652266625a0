import { existsSync, readFileSync } from "node:fs";
import { SourceMap } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { isVocabulary, packageRoot, reportedPath } from "../modules/package-root.ts";

/** Line and column from one. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const frame = /\(?((?:file:\/\/)?[^()\s][^()]*):(\d+):(\d+)\)?$/;

/** The innermost frame of an error's stack that `locate` knows. */
export function placeInStack(error: unknown, locate: (frame: Place) => Place | null): Place | null {
  if (!(error instanceof Error)) return null;
  for (const text of error.stack?.split("\n") ?? []) {
    const match = frame.exec(text.trim().replace(/^at (async )?/, ""));
    if (match === null) continue;
    const [, file = "", line, column] = match;
    const path = file.startsWith("file://") ? fileURLToPath(file) : file;
    const place = locate({ file: path, line: Number(line), column: Number(column) });
    if (place !== null) return place;
  }
  return null;
}

/** Where one of our own specs threw: its TypeScript source, from the root of the package. The vocabulary does not count. */
export function placeOfError(error: unknown): Place | null {
  const root = packageRoot();
  return placeInStack(error, (compiled) => {
    const origin = compiled.file.endsWith(".ts") ? compiled : sourceOf(compiled);
    if (origin === null || isVocabulary(origin.file, root)) return null;
    const file = reportedPath(origin.file, root);
    return file.startsWith("spec/") || file.startsWith("checker/corpus/") ? { ...origin, file } : null;
  });
}

function sourceOf({ file, line, column }: Place): Place | null {
  const map = `${file}.map`;
  if (!existsSync(map)) return null;
  const origin = new SourceMap(JSON.parse(readFileSync(map, "utf8"))).findEntry(line - 1, column - 1);
  if (!("originalSource" in origin)) return null;
  return {
    file: resolve(dirname(file), origin.originalSource),
    line: origin.originalLine + 1,
    column: origin.originalColumn + 1,
  };
}
