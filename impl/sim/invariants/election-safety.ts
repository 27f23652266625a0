import { Violation } from "./violation.ts";

/** ElectionSafety (figure 3, section 5.2): at most one leader is elected in a term. */
export class ElectionSafety {
  readonly #leaders = new Map<number, string>();

  /** Elections that were won. */
  get count(): number {
    return this.#leaders.size;
  }

  elected(server: string, term: number): void {
    const other = this.#leaders.get(term);
    if (other !== undefined && other !== server) {
      throw new Violation("ElectionSafety", server, `${server} leads in term ${term}, in which ${other} was elected`);
    }
    this.#leaders.set(term, server);
  }
}
