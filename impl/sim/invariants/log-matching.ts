import { Violation } from "./violation.ts";

const TERM_SCALE = 2 ** 32;

/**
 * LogMatching (figure 3, section 5.3): if two logs have an entry of the same index and term, they are the same up to it.
 * Held against every entry that any server ever had, not only those that are there now.
 */
export class LogMatching {
  readonly #links = new Map<number, number>();

  appended(server: string, index: number, term: number, link: number): void {
    const position = term * TERM_SCALE + index;
    const other = this.#links.get(position);
    if (other === undefined) this.#links.set(position, link);
    else if (other !== link) {
      const what = `the log of ${server} up to entry ${index} of term ${term} differs from one that had this entry before`;
      throw new Violation("LogMatching", server, what);
    }
  }
}
