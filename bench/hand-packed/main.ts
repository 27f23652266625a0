/** One run, as a process of its own: `main.mjs 3s-1e-0r-2v [most states]`. Prints one line of JSON. */
import { boundsOf } from "../raft-models.ts";
import { explore } from "./explore.ts";

const [name = "", statesMax = "Infinity"] = process.argv.slice(2);
const bounds = boundsOf(name);
const startBytes = process.memoryUsage().rss;
const start = performance.now();
const explored = explore(bounds, Number(statesMax));
const seconds = (performance.now() - start) / 1000;
const peakBytes = process.resourceUsage().maxRSS * 1024;
process.stdout.write(`${JSON.stringify({ name, ...explored, seconds, startBytes, peakBytes })}\n`);
