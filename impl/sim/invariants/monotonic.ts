import { Violation } from "./violation.ts";

/** Monotonic: within a life of a server its term, its commit index and its applied index never go back. */
export function checkMonotonic(server: string, name: string, before: number, now: number): void {
  if (now < before)
    throw new Violation("Monotonic", server, `the ${name} of ${server} goes back from ${before} to ${now}`);
}
