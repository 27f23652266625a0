import { plainMessage } from "../checker/index.ts";
import type { Io } from "./io.ts";

/** What is said of a mistake of our own. */
export function internalErrorText(
  error: unknown,
  { environment, version }: Pick<Io, "environment" | "version">,
): string {
  const message = plainMessage(error);
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const lines = [
    `lockstep: this is a mistake of lockstep, not of yours: ${message}`,
    ...(environment["LOCKSTEP_DEBUG"] === "1"
      ? [stack]
      : ["  try       Run the same command with LOCKSTEP_DEBUG=1, which also prints the stack."]),
    `  try       Report it with the command and the version, ${version}.`,
  ];
  return `${lines.join("\n")}\n`;
}
