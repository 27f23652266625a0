import { type Logger, pino } from "pino";
import type { ServerConfiguration } from "./configuration.ts";

/** One JSON object a line, with the cluster and the server in each. */
export function serverLogger({ cluster, id, log }: ServerConfiguration, write: (line: string) => void): Logger {
  return pino({ level: log, base: { cluster, server: id }, timestamp: pino.stdTimeFunctions.isoTime }, { write });
}
