// `npm run fuzz`: random specs on every engine. The fuzzer and what its threads run are bundled by `prefuzz`.

import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { ROOT } from "./setup/ready.mjs";

const bundle = pathToFileURL(join(ROOT, "dist/.fuzz/"));
const { fuzz } = await import(new URL("command.suite.mjs", bundle).href);
process.exit(
  await fuzz(process.argv.slice(2), new URL("worker.suite.mjs", bundle), (/** @type {string} */ text) => {
    process.stdout.write(text);
  }),
);
