import { existsSync, readFileSync } from "node:fs";
import type { ServerProcess } from "./server-process.ts";

/** What servers said in their logs about elections and about themselves. */
export interface ServerLogs {
  /** Times that a server stood for election. */
  readonly candidacies: number;
  /** Times that a server came to lead. */
  readonly leaderships: number;
  readonly termMax: number;
  /** Members that a snapshot was installed at. */
  readonly findings: readonly string[];
}

interface Line {
  readonly level: number;
  readonly server: string;
  readonly msg: string;
  readonly term?: number;
  readonly to?: string;
}

const ERROR = 50;

/**
 * Reads the logs of all lives of the servers. Two leaders of one term are a finding, and so is a server that
 * contradicts itself; that one stops for good because of its disk is none.
 */
export function readServerLogs(servers: readonly ServerProcess[]): ServerLogs {
  const leaders = new Map<number, Set<string>>();
  const findings: string[] = [];
  let candidacies = 0;
  let leaderships = 0;
  let termMax = 0;
  for (const { node, surprises } of servers) {
    for (const ended of surprises) findings.push(`${node.id} has ended, and nobody had asked for it: ${ended}`);
    for (const line of linesOf(node.logFile)) {
      termMax = Math.max(termMax, line.term ?? 0);
      if (line.to === "candidate") candidacies += 1;
      if (line.to === "leader" && line.term !== undefined) {
        leaderships += 1;
        leaders.set(line.term, (leaders.get(line.term) ?? new Set()).add(line.server));
      }
      if (line.level >= ERROR && !/because a (write|snapshot)/.test(line.msg)) findings.push(`${node.id}: ${line.msg}`);
    }
  }
  for (const [term, ids] of leaders) {
    if (ids.size > 1) findings.push(`${[...ids].join(" and ")} both led in term ${term}`);
  }
  return { candidacies, leaderships, termMax, findings };
}

/** Problems of the command line are no JSON, and stand between the lines of the log. */
function linesOf(file: string): Line[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line.startsWith("{") && line.endsWith("}")).map((line) => JSON.parse(line) as Line);
}
