import type { Keeper, Snapshot } from "../compile/keeper.ts";
import { type Failure, writeCheckpoint } from "./file.ts";
import type { Identity } from "./identity.ts";

export interface FolderKeeperInput {
  readonly folder: string;
  readonly identity: Identity;
  readonly resumed: Snapshot | null;
  /** Milliseconds from one checkpoint to the next. */
  readonly interval: number;
  /** Milliseconds since any fixed moment. */
  readonly now: () => number;
  /** Told of the first of several failures in a row. */
  readonly failed: (failure: Failure) => void;
}

/** Keeps a search in a folder, every so often. A checkpoint that cannot be written does not end the search. */
export class FolderKeeper implements Keeper {
  readonly #input: FolderKeeperInput;
  readonly resumed: Snapshot | null;
  #dueAt: number;
  #isFailing = false;

  constructor(input: FolderKeeperInput) {
    this.#input = input;
    this.resumed = input.resumed;
    this.#dueAt = input.now() + input.interval;
  }

  readonly isDue = (): boolean => this.#input.now() >= this.#dueAt;

  *keep(snapshot: Snapshot): Generator<undefined> {
    const { folder, identity, interval, now, failed } = this.#input;
    const failure = yield* writeCheckpoint(folder, identity, snapshot);
    if (failure !== null && !this.#isFailing) failed(failure);
    this.#isFailing = failure !== null;
    this.#dueAt = now() + interval;
  }
}
