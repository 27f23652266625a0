import { Violation } from "./violation.ts";

/** CommitsOwnTerm (section 5.4.2, figure 8): a leader counts copies of entries of its own term, and of no older one. */
export function checkCommitsOwnTerm(server: string, index: number, entryTerm: number, term: number): void {
  if (entryTerm === term) return;
  const what = `${server} commits entry ${index} of term ${entryTerm} as the leader of term ${term}`;
  throw new Violation("CommitsOwnTerm", server, what);
}
