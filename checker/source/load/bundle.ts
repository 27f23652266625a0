import { readFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { build, type Plugin, stop } from "esbuild";
import type { Resolver } from "../modules/resolution.ts";

/** One script for a spec and its files, with what it shares with the running package left out. */
export interface Bundle {
  readonly code: string;
  readonly map: string;
  /** The addresses of the shared modules that the script requires. */
  readonly shared: readonly string[];
}

export type Bundled =
  | { readonly ok: true; readonly bundle: Bundle }
  | { readonly ok: false; readonly errors: readonly BundleError[] };

export interface BundleError {
  readonly text: string;
  /** Where, if the bundler knows; line from one, column from zero. */
  readonly place: { readonly file: string; readonly line: number; readonly column: number } | null;
}

/** Bundles under way. The bundler works in a process, which must not outlive this one: it ends with the last of them. */
let building = 0;

/** Rewrites one file's text before it is bundled. */
export type Transform = (path: string, text: string) => string;

/** No file of a spec has this name. */
const nameOfEntry = "<files of the spec>";

export const untouched: Transform = (_, text) => text;

/**
 * Bundles these files and what they import; the script exports their exports as `file0`, `file1`, ... `lockstep` and every file of the vocabulary stay shared; `ownSpecs` tells whether
 * our other specs (`lockstep/raft`) do too, or are bundled and transformed like the user's files.
 */
export async function bundleSpec(
  entries: readonly [string, ...string[]],
  resolver: Resolver,
  ownSpecs: "shared" | "bundled",
  transform: Transform,
): Promise<Bundled> {
  const shared = new Set<string>();
  building += 1;
  const folder = dirname(entries[0]);
  const contents = entries
    .map((entry, number) => `export * as file${number} from ${JSON.stringify(entry)};`)
    .join("\n");
  try {
    const result = await build({
      stdin: { contents, resolveDir: folder, sourcefile: nameOfEntry },
      absWorkingDir: folder,
      outfile: join(folder, "bundle.js"),
      bundle: true,
      write: false,
      format: "cjs",
      platform: "neutral",
      target: "node20",
      sourcemap: "external",
      // What is loose in a script is strict in a module: a write to what may not be changed throws, and is not lost.
      banner: { js: '"use strict";' },
      logLevel: "silent",
      tsconfigRaw: { compilerOptions: {} },
      plugins: [specFiles(resolver, ownSpecs, shared, transform)],
    });
    const text = (ending: string): string => result.outputFiles.find(({ path }) => path.endsWith(ending))?.text ?? "";
    return { ok: true, bundle: { code: text(".js"), map: text(".map"), shared: [...shared] } };
  } catch (cause) {
    if (!isBuildFailure(cause)) throw cause;
    return { ok: false, errors: cause.errors.map((error) => bundleError(error, folder)) };
  } finally {
    building -= 1;
    if (building === 0) await stop();
  }
}

function specFiles(
  resolver: Resolver,
  ownSpecs: "shared" | "bundled",
  shared: Set<string>,
  transform: Transform,
): Plugin {
  const share = (running: string): { path: string; external: boolean } => {
    shared.add(running);
    return { path: running, external: true };
  };
  return {
    name: "spec-files",
    setup(plugins) {
      plugins.onResolve({ filter: /.*/ }, ({ path, importer }) => {
        if (basename(importer) === nameOfEntry) return { path };
        const resolution = resolver(path, importer);
        switch (resolution.kind) {
          case "vocabulary":
            return share(resolution.running);
          case "own":
            return ownSpecs === "shared" ? share(resolution.module.running) : { path: resolution.module.source };
          case "file":
            return { path: resolution.path };
          case "missing":
          case "foreign":
            return { errors: [{ text: `${path} is not a file of the spec` }] };
        }
      });
      plugins.onLoad({ filter: /\.m?ts$/ }, async ({ path }) => ({
        contents: transform(path, await readFile(path, "utf8")),
        loader: "ts",
      }));
    },
  };
}

interface FailureMessage {
  readonly text: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number } | null;
}

function isBuildFailure(cause: unknown): cause is { readonly errors: readonly FailureMessage[] } {
  return cause instanceof Error && "errors" in cause && Array.isArray(cause.errors);
}

function bundleError({ text, location }: FailureMessage, folder: string): BundleError {
  if (location === null) return { text, place: null };
  return { text, place: { file: join(folder, location.file), line: location.line, column: location.column } };
}
