import { ServiceError } from "../kv/index.ts";
import { StorageError } from "../storage/index.ts";
import { TransportError } from "../transport/index.ts";

/** Why a server could not be started, for whoever can mend it. */
export interface StartProblem {
  readonly code: string;
  /** One sentence, with the file or the address. */
  readonly what: string;
  readonly hint: string;
}

/** Null for an error that is no fault of the world. */
export function startProblem(error: unknown): StartProblem | null {
  if (error instanceof StorageError) {
    const { code, hint } = error.problem;
    return { code, what: error.message, hint };
  }
  if (error instanceof TransportError) return { code: error.code, what: error.message, hint: error.hint };
  if (error instanceof ServiceError) {
    const { code, message, hint } = error.problem;
    return { code, what: message, hint };
  }
  if (error instanceof Error && "code" in error && "syscall" in error) {
    return { code: "file", what: error.message, hint: "the path in the configuration, and who may read it" };
  }
  return null;
}
