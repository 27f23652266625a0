import type { Committed } from "../core/effects.ts";
import { entrySize, type SnapshotMeta } from "../core/entry.ts";
import type { StateMachine } from "../core/state-machine.ts";
import type { Storage } from "../storage/interface.ts";

interface ApplierOptions<Result> {
  readonly machine: StateMachine<Result>;
  readonly storage: Storage;
  /** Entries that are applied before other work gets its turn. */
  readonly perTurnMax: number;
  readonly soon: (work: () => void) => void;
  /** The result of a command that was proposed here. */
  readonly onResult: (proposal: number, result: Result) => void;
  /** The state machine has everything up to `appliedIndex`; `entries` of it since the last call. */
  readonly onApplied: (entries: number) => void;
  readonly onFailed: (error: unknown) => void;
}

type Work =
  | { readonly kind: "restore"; readonly snapshot: SnapshotMeta }
  | { readonly kind: "apply"; readonly committed: readonly Committed[] };

/** Brings snapshots and committed entries to the state machine, in the order in which the core handed them over. */
export class Applier<Result> {
  readonly #options: ApplierOptions<Result>;
  #work: Work[] = [];
  /** Entries of the first `apply` in `#work` that are done. */
  #done = 0;
  #waiting = 0;
  /** A snapshot is being read, or was gone when it should be, and the one that took its place is yet to be named. */
  #reading: SnapshotMeta | null = null;
  #isScheduled = false;
  #isClosed = false;
  #appliedIndex = 0;
  #appliedTerm = 0;
  #entriesSinceSnapshot = 0;
  #bytesSinceSnapshot = 0;

  constructor(options: ApplierOptions<Result>) {
    this.#options = options;
  }

  /** What the state machine shows: everything up to here, and nothing after. */
  get appliedIndex(): number {
    return this.#appliedIndex;
  }

  get appliedTerm(): number {
    return this.#appliedTerm;
  }

  get unapplied(): number {
    return this.#waiting;
  }

  get entriesSinceSnapshot(): number {
    return this.#entriesSinceSnapshot;
  }

  get bytesSinceSnapshot(): number {
    return this.#bytesSinceSnapshot;
  }

  /** All that was to be applied before is in the snapshot. */
  restore(snapshot: SnapshotMeta): void {
    this.#work = [{ kind: "restore", snapshot }];
    this.#done = 0;
    this.#waiting = 0;
    this.#reading = null;
    this.#run();
  }

  apply(committed: readonly Committed[]): void {
    if (committed.length === 0) return;
    this.#work.push({ kind: "apply", committed });
    this.#waiting += committed.length;
    this.#run();
  }

  /** Counts from here on what a new snapshot would save. */
  snapshotBegun(): void {
    this.#entriesSinceSnapshot = 0;
    this.#bytesSinceSnapshot = 0;
  }

  close(): void {
    this.#isClosed = true;
    this.#work = [];
    this.#waiting = 0;
  }

  #run(): void {
    if (this.#reading !== null || this.#isScheduled || this.#isClosed) return;
    const first = this.#work[0];
    if (first === undefined) return;
    if (first.kind === "restore") {
      this.#work.shift();
      this.#reading = first.snapshot;
      this.#read(first.snapshot);
      return;
    }
    try {
      this.#applyTurn();
    } catch (error) {
      this.#options.onFailed(error);
      return;
    }
    if (this.#work.length === 0 || this.#isClosed) return;
    this.#isScheduled = true;
    this.#options.soon(() => {
      this.#isScheduled = false;
      this.#run();
    });
  }

  #applyTurn(): void {
    let count = 0;
    for (let first = this.#work[0]; first?.kind === "apply"; first = this.#work[0]) {
      const end = Math.min(first.committed.length, this.#done + this.#options.perTurnMax - count);
      count += end - this.#done;
      for (let i = this.#done; i < end; i += 1) this.#applyOne(first.committed[i] as Committed);
      this.#done = end;
      if (end < first.committed.length) break;
      this.#work.shift();
      this.#done = 0;
    }
    this.#waiting -= count;
    this.#options.onApplied(count);
  }

  #applyOne({ entry, proposal }: Committed): void {
    if (entry.kind === "command") {
      const result = this.#options.machine.apply(entry.index, entry.data);
      if (proposal !== null) this.#options.onResult(proposal, result);
    }
    this.#appliedIndex = entry.index;
    this.#appliedTerm = entry.term;
    this.#entriesSinceSnapshot += 1;
    this.#bytesSinceSnapshot += entrySize(entry);
  }

  #read(snapshot: SnapshotMeta): void {
    this.#options.storage.readSnapshot(snapshot.index).then(
      (image) => this.#restored(snapshot, image),
      (error: unknown) => this.#options.onFailed(error),
    );
  }

  #restored(snapshot: SnapshotMeta, image: Uint8Array | null): void {
    // A later snapshot took its place while it was read. It was announced by a later `restore`, or is going to be.
    if (image === null || this.#isClosed || this.#reading !== snapshot) return;
    try {
      this.#options.machine.restore(image);
    } catch (error) {
      this.#options.onFailed(error);
      return;
    }
    this.#appliedIndex = snapshot.index;
    this.#appliedTerm = snapshot.term;
    this.snapshotBegun();
    this.#reading = null;
    this.#options.onApplied(0);
    this.#run();
  }
}
