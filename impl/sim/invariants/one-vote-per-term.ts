import type { BoundMessage } from "../../core/index.ts";
import { Violation } from "./violation.ts";

/** OneVotePerTerm (section 5.2): a server gives its vote to one candidate in a term, across all its lives. */
export class OneVotePerTerm {
  readonly #votes = new Map<string, string>();

  /** A request for votes is the candidate's vote for itself. */
  sent(message: BoundMessage): void {
    if (message.kind === "vote-response" && !message.granted) return;
    if (message.kind !== "vote-response" && message.kind !== "vote-request") return;
    const { from, term } = message;
    const candidate = message.kind === "vote-request" ? from : message.to;
    const vote = `${from} ${term}`;
    const other = this.#votes.get(vote);
    if (other !== undefined && other !== candidate) {
      const what = `${from} votes for ${candidate} in term ${term}, after it has voted for ${other}`;
      throw new Violation("OneVotePerTerm", from, what);
    }
    this.#votes.set(vote, candidate);
  }
}
