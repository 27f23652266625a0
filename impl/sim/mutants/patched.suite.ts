import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import type * as Simulator from "../index.ts";
import type { Mutant } from "./mutants.ts";

const DOOR = fileURLToPath(new URL("../index.ts", import.meta.url));
const CORE = new URL("../../core/", import.meta.url);

/** The simulator around a core with these patches in it. Throws where a patch does not fit the text any more. */
export async function patchedSimulator({ name, patches }: Mutant): Promise<typeof Simulator> {
  const texts = new Map<string, string>();
  for (const { file, find, replace } of patches) {
    const path = fileURLToPath(new URL(file, CORE));
    const text = texts.get(path) ?? readFileSync(path, "utf8");
    const count = text.split(find).length - 1;
    if (count !== 1) throw new Error(`${name}: what it patches is found ${count} times in ${file}, not once: ${find}`);
    texts.set(
      path,
      text.replace(find, () => replace),
    );
  }
  const built = await build({
    entryPoints: [DOOR],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    plugins: [
      {
        name: "patch",
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]impl[\\/]/ }, ({ path }) => {
            const contents = texts.get(path);
            return contents === undefined ? null : { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  // The name that stacks show, in place of the whole text.
  const code = `${built.outputFiles[0]?.text ?? ""}\n//# sourceURL=${name}.mjs\n`;
  // Node.js gives each URL a module of its own, and the text is the mutant's alone.
  return await import(/* @vite-ignore */ `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
}
