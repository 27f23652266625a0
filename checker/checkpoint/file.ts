/** A checkpoint is one file in its folder: written beside its place, brought to the disk, and then moved there. */
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Snapshot } from "../compile/keeper.ts";
import { BlockWriter } from "./blocks.ts";
import { blocksOf } from "./contents.ts";
import type { Identity } from "./identity.ts";

export const fileName = "checkpoint";
const partName = "checkpoint.part";

/** What the system said: its code (`ENOSPC`) and its message. */
export interface Failure {
  readonly code: string;
  readonly message: string;
}

/** True where the folder holds a checkpoint, whatever it is worth. */
export function hasCheckpoint(folder: string): boolean {
  return existsSync(join(folder, fileName));
}

/**
 * Writes a checkpoint with a pause after every part, and gives what kept it from being written, or null. Until the last
 * moment the checkpoint before stays in its place; whoever finds the folder finds one of the two.
 */
export function* writeCheckpoint(
  folder: string,
  identity: Identity,
  snapshot: Snapshot,
): Generator<undefined, Failure | null, unknown> {
  const part = join(folder, partName);
  let file: number | null = null;
  try {
    makeFolder(folder);
    file = openSync(part, "w");
    const writer = new BlockWriter(file);
    for (const { kind, bytes } of blocksOf(identity, snapshot)) {
      writer.write(kind, bytes);
      yield;
    }
    writer.end();
    fsyncSync(file);
    closeSync(file);
    file = null;
    renameSync(part, join(folder, fileName));
    syncFolder(folder);
    return null;
  } catch (error) {
    const failure = failureOf(error);
    if (failure === null) throw error;
    return failure;
  } finally {
    if (file !== null) abandon(file, part);
  }
}

/** Gives the disk back what a checkpoint took that was not written to its end. */
function abandon(file: number, part: string): void {
  try {
    closeSync(file);
    rmSync(part, { force: true });
  } catch (error) {
    // Whatever kept the checkpoint from being written is reported; the part is overwritten by the next one.
    if (failureOf(error) === null) throw error;
  }
}

/** What the system said, where it was the system that spoke. */
export function failureOf(error: unknown): Failure | null {
  return error instanceof Error && "code" in error && "syscall" in error
    ? { code: String(error.code), message: error.message }
    : null;
}

/** One folder at a time, each brought to the disk: a checkpoint in a folder that is lost is lost too. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
  syncFolder(dirname(path));
}

function syncFolder(path: string): void {
  // Windows has no such thing: there a folder cannot be opened.
  if (process.platform === "win32") return;
  const folder = openSync(path, "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
