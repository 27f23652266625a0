import type { Answer } from "../core/effects.ts";
import type { NodeId } from "../core/entry.ts";
import type { Hooks, RequestKind } from "./hooks.ts";
import type { Outcome } from "./interface.ts";

const NOT_TAKEN_OVER = "the other server did not take over within an election timeout";

/** What somebody waits for. The value of all but proposals is null. */
type Pending<Result> =
  | { readonly kind: "propose"; readonly at: number; resolve(outcome: Outcome<Result>): void }
  | { readonly kind: Exclude<RequestKind, "propose">; readonly at: number; resolve(outcome: Outcome<null>): void };

interface WaitingRead {
  readonly id: number;
  readonly index: number;
}

/** All requests without an outcome. Each gets exactly one; ids that are not known (any more) are passed over. */
export class Requests<Result> {
  readonly #pending = new Map<number, Pending<Result>>();
  /** Reads that wait until entries are applied, in the order of their indexes. */
  readonly #reads: WaitingRead[] = [];
  readonly #hooks: Hooks;
  readonly #now: () => number;
  #lastId = 0;

  constructor(hooks: Hooks, now: () => number) {
    this.#hooks = hooks;
    this.#now = now;
  }

  get count(): number {
    return this.#pending.size;
  }

  /** `ask` gets the id under which the answer is to come. */
  addProposal(ask: (id: number) => void): Promise<Outcome<Result>> {
    return new Promise((resolve) => {
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { kind: "propose", at: this.#now(), resolve });
      ask(this.#lastId);
    });
  }

  add(kind: Exclude<RequestKind, "propose">, ask: (id: number) => void): Promise<Outcome<null>> {
    return new Promise((resolve) => {
      this.#lastId += 1;
      this.#pending.set(this.#lastId, { kind, at: this.#now(), resolve });
      ask(this.#lastId);
    });
  }

  /** The command of a proposal went through the state machine. */
  proposalApplied(id: number, result: Result): void {
    const pending = this.#pending.get(id);
    if (pending?.kind !== "propose") return;
    this.#pending.delete(id);
    this.#hooks.proposalDone(this.#now() - pending.at);
    pending.resolve({ kind: "done", value: result });
  }

  /** `applied` is how far the state machine is. */
  answered(answer: Answer, applied: number): void {
    switch (answer.kind) {
      case "read-ready":
        if (answer.index <= applied) this.#done(answer.id);
        else this.#wait(answer);
        break;
      case "changed":
      case "transferred":
        this.#done(answer.id);
        break;
      case "refused":
      case "unknown":
        this.#end(answer.id, answer);
        break;
      case "transfer-failed":
        this.#end(answer.id, { kind: "refused", refusal: { kind: "invalid-transfer", why: NOT_TAKEN_OVER } });
    }
  }

  /** The state machine has everything up to `index`. */
  appliedTo(index: number): void {
    let count = 0;
    for (const read of this.#reads) {
      if (read.index > index) break;
      count += 1;
    }
    for (const read of this.#reads.splice(0, count)) this.#done(read.id);
  }

  /** Nothing more will come of any request. */
  abandon(leader: NodeId | null): void {
    this.#reads.length = 0;
    for (const id of [...this.#pending.keys()]) this.#end(id, { kind: "unknown", leader });
  }

  /** Nearly all come in order, so the place is found from the end. */
  #wait(read: WaitingRead): void {
    let at = this.#reads.length;
    while (at > 0 && (this.#reads[at - 1] as WaitingRead).index > read.index) at -= 1;
    this.#reads.splice(at, 0, { id: read.id, index: read.index });
  }

  #done(id: number): void {
    const pending = this.#pending.get(id);
    if (pending === undefined || pending.kind === "propose") return;
    this.#pending.delete(id);
    if (pending.kind === "read") this.#hooks.readDone(this.#now() - pending.at);
    pending.resolve({ kind: "done", value: null });
  }

  #end(id: number, outcome: Exclude<Outcome<never>, { kind: "done" }>): void {
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    this.#pending.delete(id);
    if (outcome.kind === "refused") {
      this.#hooks.refused(pending.kind, outcome.refusal.kind);
      pending.resolve({ kind: "refused", refusal: outcome.refusal });
    } else {
      pending.resolve({ kind: "unknown", leader: outcome.leader });
    }
  }
}
