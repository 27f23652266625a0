/** What broke in a simulated run, and what makes the failures of two runs the same one. */
import { type Verdict, violationLines } from "../checker/history/index.ts";
import type { Report } from "../impl/sim/index.ts";

export interface SimFailure {
  readonly property: string;
  readonly where: string;
  readonly lines: readonly string[];
  /** The cluster did not come to rest, although all faults were over. */
  readonly isLiveness: boolean;
  /**
   * Equal for the same failure of two runs: the same property, broken in the same way, and by the same server where one
   * is named. Numbers are not part of it, because without some of the faults terms and the lengths of logs are others.
   */
  readonly signature: string;
}

const LIVENESS: readonly string[] = ["CommitsAgain", "Converges"];
const FRAMES_MAX = 7;

/** A property that the simulation itself found broken; null where there is none. */
export function failureOfRun({ failure }: Pick<Report, "failure">): SimFailure | null {
  if (failure === null) return null;
  const { property, server, what, stack, event, time } = failure;
  const frames = stack === null ? [] : stack.split("\n").filter((line) => /^\s+at /.test(line));
  const isLiveness = LIVENESS.includes(property);
  // Where the whole cluster did not come to rest, the server is only the one that happened to lead.
  const culprit = server === null || isLiveness ? "the cluster" : server;
  return {
    property,
    where: `${server === null ? "" : ` at ${server}`}, event ${event}, ${(time / 1e6).toFixed(6)} s`,
    lines: [what, ...frames.slice(0, FRAMES_MAX)],
    isLiveness,
    // Errors of the language say the same at many places of the text; the place tells them apart.
    signature: [property, culprit, withoutNumbers(what), ...frames.slice(0, 1)].join("\n"),
  };
}

/**
 * A history without an order. The same where an operation of the same kind has no place: a stale read and a write that
 * was lost are two mistakes, and the keys and values are drawn anew in each run.
 */
export function failureOfHistory({ keys, violation }: Extract<Verdict, { kind: "violated" }>): SimFailure {
  const { f, answer } = violation.culprit;
  return {
    property: "Linearizability",
    where: `, key ${keys.join(", ")}`,
    lines: violationLines(violation),
    isLiveness: false,
    signature: ["Linearizability", f, answer.kind].join("\n"),
  };
}

function withoutNumbers(text: string): string {
  return text.replace(/\d+/g, "#");
}
