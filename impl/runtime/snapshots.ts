import type { SnapshotMeta } from "../core/entry.ts";
import type { Node } from "../core/state.ts";
import type { StateMachine } from "../core/state-machine.ts";
import type { Storage } from "../storage/interface.ts";
import type { Applier } from "./applier.ts";
import type { SnapshotPolicy } from "./options.ts";

interface SnapshotterOptions<Result> {
  readonly node: Node;
  readonly applier: Applier<Result>;
  readonly machine: StateMachine<Result>;
  readonly storage: Storage;
  readonly policy: SnapshotPolicy;
  readonly onTaken: (snapshot: SnapshotMeta) => void;
  readonly onFailed: (error: unknown) => void;
}

/** Takes snapshots of the state machine, one at a time. The image is made at once and written in the background. */
export class Snapshotter<Result> {
  readonly #options: SnapshotterOptions<Result>;
  #isSaving = false;

  constructor(options: SnapshotterOptions<Result>) {
    this.#options = options;
  }

  /** To be called when entries were applied. */
  takeIfDue(): void {
    const { node, applier, policy } = this.#options;
    const isDue =
      applier.entriesSinceSnapshot >= policy.everyEntries || applier.bytesSinceSnapshot >= policy.everyBytes;
    // While one is received, or waits to be restored, the storage is about to hold a later one than this server's own.
    if (!isDue || this.#isSaving || node.incoming !== null || applier.appliedIndex <= node.snapshot.index) return;
    const { machine, storage, onTaken, onFailed } = this.#options;
    const image = machine.image();
    const snapshot: SnapshotMeta = {
      index: applier.appliedIndex,
      term: applier.appliedTerm,
      configuration: node.configurations.at(applier.appliedIndex),
      size: image.length,
    };
    applier.snapshotBegun();
    this.#isSaving = true;
    storage.saveSnapshot(snapshot, image).then(
      () => {
        this.#isSaving = false;
        onTaken(snapshot);
      },
      (error: unknown) => onFailed(error),
    );
  }
}
