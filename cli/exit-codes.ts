/**
 * The exit codes: TLC's numbers where TLC has one, and two more. A zero says that everything asked for was found true;
 * whatever kept a run from saying so has a number of its own. docs/exit-codes.md is the table for users.
 */
export const exitCodes = {
  /** A complete `holds`, or the verdict that `--expect` asked for. */
  ok: 0,
  /** Not what was expected: `--expect`, recorded counts, `--strict`, or a trace that no longer fits its spec. */
  expectation: 1,
  /** A limit or a signal stopped the run before it could say anything. */
  incomplete: 2,
  deadlock: 11,
  safety: 12,
  liveness: 13,
  /** An action, a parameter or a constraint of the spec threw, or left a bound. */
  specEvaluation: 75,
  /** A property threw. */
  propertyEvaluation: 76,
  /** The spec's file does not parse, type-check or load, or is not what a spec may be. */
  specFile: 150,
  /** Unknown model, constant, property or option, or a value out of range. */
  configuration: 151,
  /** The memory was used up before the run could stop by itself. */
  memory: 152,
  /** A file could not be read or written. */
  system: 153,
  /** A second interrupt ended the program at once. */
  interruptedAtOnce: 130,
  /** A mistake of Lockstep itself. */
  internal: 255,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

const partsOfProperties = ["invariant", "step", "reachable"];

/** The exit code for an error of the spec, by the part that failed. */
export function exitOfError(part: string): ExitCode {
  return partsOfProperties.includes(part) ? exitCodes.propertyEvaluation : exitCodes.specEvaluation;
}
