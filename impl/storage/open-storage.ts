import { join } from "node:path";
import { type Configuration, noConfiguration } from "../core/configuration.ts";
import type { Files } from "./files.ts";
import { FolderStorage, type SyncReport } from "./folder-storage.ts";
import { guardedFiles } from "./guarded-files.ts";
import { type Identity, requireIdentity, writeIdentity } from "./identity.ts";
import { type Storage, StorageError } from "./interface.ts";
import { lockFolder, nodeProcesses, type Processes } from "./lock.ts";
import { IDENTITY_NAME, segmentNumbers, segmentPath, snapshotNumbers, snapshotPath, unfinishedNames } from "./names.ts";
import { nodeFiles } from "./node-files.ts";
import type { NumberedSnapshot } from "./record.ts";
import { corrupt, type Recovered, type Repaired, recoverLog } from "./recovery.ts";
import { type LogState, SegmentedLog } from "./segmented-log.ts";
import { SnapshotFile } from "./snapshot-file.ts";
import { Snapshots } from "./snapshots.ts";

export interface StorageOptions {
  readonly folder: string;
  readonly identity: Identity;
  /** What a new server's cluster begins with; null for a server that is added to one. Not looked at later. */
  readonly initial: Configuration | null;
  /** Whether an empty folder, or none, is a new server's. Else it is taken for one that lost its data, and refused. */
  readonly create: boolean;
  /** Size of a segment of the log in bytes, and what is written ahead at least; 64 MiB if not given. */
  readonly segmentBytes?: number;
  /** Is told of every sync of the log. */
  readonly onSync?: (report: SyncReport) => void;
  readonly files?: Files;
  readonly processes?: Processes;
}

export interface OpenedStorage {
  readonly storage: Storage;
  /** Whether the folder was empty. */
  readonly isNew: boolean;
  /** What a crash had left unfinished at the end of the log; null where it ended well. */
  readonly repaired: Repaired | null;
}

const SEGMENT_BYTES = 64 << 20;
/** The first frame, with any configuration in it, leaves room for others. */
const SEGMENT_BYTES_MIN = 1024;

/** Opens a folder for this process alone. Rejects with `StorageError`. */
export async function openStorage(options: StorageOptions): Promise<OpenedStorage> {
  const { segmentBytes = SEGMENT_BYTES } = options;
  if (!Number.isSafeInteger(segmentBytes) || segmentBytes < SEGMENT_BYTES_MIN || segmentBytes % 8 !== 0) {
    throw new RangeError(
      `segmentBytes must be a multiple of 8 and at least ${SEGMENT_BYTES_MIN}, and is ${segmentBytes}`,
    );
  }
  const files = guardedFiles(options.files ?? nodeFiles);
  if (options.create) await files.createFolder(options.folder);
  const unlock = await lockFolder(files, options.processes ?? nodeProcesses, options.folder).catch((error) => {
    throw isMissing(error) ? missingData(options) : error;
  });
  try {
    return await openLocked(options, files, segmentBytes, unlock);
  } catch (error) {
    // Why the folder cannot be opened says more than why its lock cannot be removed.
    await unlock().catch(() => undefined);
    throw error;
  }
}

async function openLocked(
  options: StorageOptions,
  files: Files,
  segmentBytes: number,
  unlock: () => Promise<void>,
): Promise<OpenedStorage> {
  const { folder, identity } = options;
  let names = await files.list(folder);
  const isNew = !names.includes(IDENTITY_NAME);
  if (isNew) {
    await requireNothing(options, files, names);
    await createLog(options, files, segmentBytes);
    names = await files.list(folder);
  }
  await requireIdentity(files, folder, identity);
  const numbers = segmentNumbers(names);
  if (numbers.length === 0) throw corrupt(folder, null, "the log should be here, and none of its segments is");
  const recovered = await recoverLog(files, folder, numbers);
  const state = stateOf(recovered);
  const current = await openSnapshot(files, folder, names, state.snapshot);
  await removeLeftovers(files, folder, names, state.snapshot.number);
  const log = new SegmentedLog(files, folder, segmentBytes);
  await log.resume(recovered);
  log.prepareSpare();
  const storage = new FolderStorage({
    folder,
    durable: { hardState: state.hardState, snapshot: state.snapshot.meta, entries: recovered.replay.entries },
    state,
    log,
    snapshots: new Snapshots(files, folder, current, (snapshotNumbers(names).at(-1) ?? state.snapshot.number) + 1),
    unlock,
    onSync: options.onSync ?? (() => undefined),
  });
  return { storage, isNew, repaired: recovered.repaired };
}

/** A folder without an identity is a new server's, or holds the beginning of one that never came to be. */
async function requireNothing(options: StorageOptions, files: Files, names: readonly string[]): Promise<void> {
  const { folder } = options;
  const numbers = segmentNumbers(names);
  const hasData = numbers.length > 0 || snapshotNumbers(names).length > 0;
  if (hasData && !(await isBarelyBegun(files, folder, numbers, names))) {
    const path = join(folder, IDENTITY_NAME);
    throw corrupt(path, null, "the folder holds a log, and the file that says whose it is should be here and is not");
  }
  if (!options.create) throw missingData(options);
  for (const number of numbers) await files.remove(segmentPath(folder, number));
  await removeLeftovers(files, folder, names, 0);
}

async function isBarelyBegun(files: Files, folder: string, numbers: readonly number[], names: readonly string[]) {
  if (numbers.length !== 1 || numbers[0] !== 1 || snapshotNumbers(names).length > 0) return false;
  return (await recoverLog(files, folder, numbers)).nextFrame === 2;
}

/** The identity comes last: before it, nothing that this server did can have mattered to anybody. */
async function createLog(options: StorageOptions, files: Files, segmentBytes: number): Promise<void> {
  const { folder, identity, initial } = options;
  const meta = { index: 0, term: 0, configuration: initial ?? noConfiguration, size: 0 };
  const log = new SegmentedLog(files, folder, segmentBytes);
  await log.create({ hardState: { term: 0, votedFor: null }, snapshot: { number: 0, meta }, lastIndex: 0 });
  await log.close();
  await writeIdentity(files, folder, identity);
}

function stateOf({ replay }: Recovered): LogState {
  if (replay.snapshot === null) throw new Error("a recovered log has a first frame");
  const { hardState, snapshot } = replay;
  return { hardState, snapshot, lastIndex: replay.entries.at(-1)?.index ?? snapshot.meta.index };
}

async function openSnapshot(
  files: Files,
  folder: string,
  names: readonly string[],
  { number, meta }: NumberedSnapshot,
): Promise<SnapshotFile | null> {
  if (number === 0) return null;
  const path = snapshotPath(folder, number);
  if (!snapshotNumbers(names).includes(number)) {
    throw corrupt(path, null, `the snapshot at index ${meta.index} should be here, and is not`);
  }
  const file = await SnapshotFile.open(files, path);
  if (file.meta.index === meta.index && file.meta.term === meta.term && file.meta.size === meta.size) return file;
  await file.retire();
  const found = `the snapshot at index ${meta.index} should be here, and it is one at index ${file.meta.index}`;
  throw corrupt(path, null, found);
}

/** What a crash left behind: unfinished files, and snapshots that do not count yet or any more. */
async function removeLeftovers(files: Files, folder: string, names: readonly string[], kept: number): Promise<void> {
  for (const name of unfinishedNames(names)) await files.remove(join(folder, name));
  for (const number of snapshotNumbers(names)) {
    if (number !== kept) await files.remove(snapshotPath(folder, number));
  }
}

function isMissing(error: unknown): boolean {
  return (
    error instanceof Error && error.cause instanceof Error && "code" in error.cause && error.cause.code === "ENOENT"
  );
}

function missingData({ folder, identity }: StorageOptions): StorageError {
  return new StorageError({
    code: "missing-data",
    message: `the data of server ${JSON.stringify(identity.node)} should be here, and the folder is empty or not there`,
    path: folder,
    offset: null,
    hint: "for a new server, say that the folder is to be created; a server that lost its disk may have voted and acknowledged what it no longer knows, so remove it from the cluster and add it again with a new id",
  });
}
