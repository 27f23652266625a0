import type { Configuration } from "../configuration.ts";
import type { Entry, NodeId, SnapshotMeta } from "../entry.ts";
import { type ByteReader, type ByteWriter, EncodingError } from "./bytes.ts";

const NO_OP = 0;
const COMMAND = 1;
const CONFIGURATION = 2;

export function writeEntry(out: ByteWriter, entry: Entry): void {
  out.byte(entry.kind === "no-op" ? NO_OP : entry.kind === "command" ? COMMAND : CONFIGURATION);
  out.number(entry.index);
  out.number(entry.term);
  if (entry.kind === "command") out.bytes(entry.data);
  if (entry.kind === "configuration") writeConfiguration(out, entry.configuration);
}

/** A command's data is a view of what is read from. Throws `EncodingError`. */
export function readEntry(from: ByteReader): Entry {
  const kind = from.byte();
  const index = from.number();
  const term = from.number();
  if (kind === NO_OP) return { kind: "no-op", index, term };
  if (kind === COMMAND) return { kind: "command", index, term, data: from.bytes() };
  if (kind === CONFIGURATION) return { kind: "configuration", index, term, configuration: readConfiguration(from) };
  throw new EncodingError(`there is no entry of kind ${kind}`);
}

export function writeSnapshotMeta(out: ByteWriter, meta: SnapshotMeta): void {
  out.number(meta.index);
  out.number(meta.term);
  out.number(meta.size);
  writeConfiguration(out, meta.configuration);
}

export function readSnapshotMeta(from: ByteReader): SnapshotMeta {
  const index = from.number();
  const term = from.number();
  const size = from.number();
  return { index, term, size, configuration: readConfiguration(from) };
}

function writeConfiguration(out: ByteWriter, configuration: Configuration): void {
  writeIds(out, configuration.voters);
  writeIds(out, configuration.outgoing);
  writeIds(out, configuration.learners);
  writeIds(out, configuration.promoting);
  writeIds(out, configuration.removing);
  const ids = Object.keys(configuration.contacts).sort();
  writeIds(out, ids);
  for (const id of ids) out.text(configuration.contacts[id] ?? "");
}

function readConfiguration(from: ByteReader): Configuration {
  const voters = readIds(from);
  const outgoing = readIds(from);
  const learners = readIds(from);
  const promoting = readIds(from);
  const removing = readIds(from);
  const contacts = readContacts(from);
  return { voters, outgoing, learners, promoting, removing, contacts };
}

/** Not by assignment, which an id named `__proto__` would escape. */
function readContacts(from: ByteReader): Record<NodeId, string> {
  const ids = readIds(from);
  for (let i = 1; i < ids.length; i += 1) {
    if ((ids[i - 1] as NodeId) >= (ids[i] as NodeId))
      throw new EncodingError("the contacts are not in order of their ids");
  }
  return Object.fromEntries(ids.map((id) => [id, from.text()]));
}

function writeIds(out: ByteWriter, ids: readonly NodeId[]): void {
  out.number(ids.length);
  for (const id of ids) out.text(id);
}

function readIds(from: ByteReader): NodeId[] {
  const ids: NodeId[] = [];
  for (let count = from.count(); count > 0; count -= 1) ids.push(from.text());
  return ids;
}
