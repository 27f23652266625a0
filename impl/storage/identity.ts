import { join } from "node:path";
import type { NodeId } from "../core/entry.ts";
import type { Files } from "./files.ts";
import { StorageError } from "./interface.ts";
import { readText, writeText } from "./lock.ts";
import { IDENTITY_NAME, unfinished } from "./names.ts";
import { corrupt } from "./recovery.ts";

/** Whose data a folder holds. It is written last when a folder is made, and never changed. */
export interface Identity {
  readonly cluster: string;
  readonly node: NodeId;
}

const FORMAT_VERSION = 1;

export async function writeIdentity(files: Files, folder: string, identity: Identity): Promise<void> {
  const path = join(folder, IDENTITY_NAME);
  await writeText(files, unfinished(path), `${JSON.stringify({ format: FORMAT_VERSION, ...identity })}\n`);
  await files.rename(unfinished(path), path);
  await files.syncFolder(folder);
}

/** Refuses the folder of another server. */
export async function requireIdentity(files: Files, folder: string, expected: Identity): Promise<void> {
  const path = join(folder, IDENTITY_NAME);
  const found = parseIdentity(await readText(files, path));
  if (found === null) throw corrupt(path, 0, "the cluster and the id of the server should be here, and are not");
  if (found.cluster === expected.cluster && found.node === expected.node) return;
  throw new StorageError({
    code: "foreign",
    message: `the folder should belong to server ${quoted(expected.node)} of cluster ${quoted(expected.cluster)}, and belongs to server ${quoted(found.node)} of cluster ${quoted(found.cluster)}`,
    path,
    offset: null,
    hint: "start the server with the folder, the id and the cluster that belong together",
  });
}

function quoted(text: string): string {
  return JSON.stringify(text);
}

function parseIdentity(text: string): Identity | null {
  try {
    const { format, cluster, node } = JSON.parse(text);
    const isWhole = format === FORMAT_VERSION && typeof cluster === "string" && typeof node === "string";
    return isWhole ? { cluster, node } : null;
  } catch {
    return null;
  }
}
