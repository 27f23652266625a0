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
      : ["  try       LOCKSTEP_DEBUG=1 and the same command, which also prints the stack"]),
    `  try       reporting it with the command and the version, ${version}`,
  ];
  return `${lines.join("\n")}\n`;
}
