import { closeSync, fstatSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Snapshot } from "../compile/keeper.ts";
import { DamagedFile, readBlocks } from "./blocks.ts";
import { snapshotOf } from "./contents.ts";
import { type Failure, failureOf, fileName } from "./file.ts";
import { type Difference, differenceOf, type Identity } from "./identity.ts";

/** Why a search does not go on from a checkpoint. */
export type Refusal =
  | { readonly kind: "unreadable"; readonly file: string; readonly failure: Failure }
  | { readonly kind: "damaged"; readonly file: string; readonly damage: string }
  | {
      readonly kind: "other";
      readonly file: string;
      readonly difference: Difference;
    };

export type Opened =
  | { readonly ok: true; readonly snapshot: Snapshot }
  | { readonly ok: false; readonly refusal: Refusal };

/** Reads the checkpoint in a folder, if it is whole and belongs to this search. */
export function readCheckpoint(folder: string, identity: Identity): Opened {
  const file = join(folder, fileName);
  try {
    const opened = openSync(file, "r");
    try {
      const blocks = readBlocks(opened, fstatSync(opened).size);
      const snapshot = snapshotOf(blocks, (found) => differenceOf(found, identity));
      if (!("refused" in snapshot)) return { ok: true, snapshot };
      return { ok: false, refusal: { kind: "other", file, difference: snapshot.refused } };
    } finally {
      closeSync(opened);
    }
  } catch (error) {
    if (error instanceof DamagedFile) return { ok: false, refusal: { kind: "damaged", file, damage: error.message } };
    const failure = failureOf(error);
    if (failure === null) throw error;
    return { ok: false, refusal: { kind: "unreadable", file, failure } };
  }
}
