import type { LogChain } from "./facts.ts";
import { Violation } from "./violation.ts";

/** ConfigurationOfLog (section 6): a server uses the last configuration in its log, and none that is there no more. */
export function checkConfigurationOfLog(server: string, latestIndex: number, log: LogChain): void {
  const index = log.configurationIndex;
  // Where the log has none it is in what was compacted away.
  if (index === null ? latestIndex <= log.base : latestIndex === index) return;
  const what = `${server} uses the configuration of entry ${latestIndex}, and the last one in its log is ${index ?? "compacted away"}`;
  throw new Violation("ConfigurationOfLog", server, what);
}
