/** What the blocks of a checkpoint hold, both ways. */
import type { LevelsState, Snapshot } from "../compile/keeper.ts";
import { Table } from "../store/table.ts";
import { type Block, DamagedFile } from "./blocks.ts";
import type { Identity } from "./identity.ts";

/** In the order in which they stand. Of the last four there are any number. */
const kinds = { identity: 1, levels: 2, counts: 3, numbering: 4, slots: 5, waiting: 6, next: 7 } as const;

/** Slots of a block: 1 MiB. */
const slotsPerBlock = 1 << 16;
const wordsPerBlock = 1 << 18;

export function* blocksOf(identity: Identity, snapshot: Snapshot): Generator<{ kind: number; bytes: Uint8Array }> {
  const { levels, numbering, table, waiting, next } = snapshot;
  yield { kind: kinds.identity, bytes: textBytes(identity) };
  yield { kind: kinds.levels, bytes: textBytes(levels) };
  yield { kind: kinds.counts, bytes: bytesOf(table.counts) };
  for (let at = 0; at < numbering.length; at += wordsPerBlock)
    yield { kind: kinds.numbering, bytes: bytesOf(numbering.subarray(at, at + wordsPerBlock)) };
  for (const slots of table.taken(slotsPerBlock)) yield { kind: kinds.slots, bytes: bytesOf(slots) };
  for (const chunk of waiting) yield { kind: kinds.waiting, bytes: bytesOf(chunk.subarray(0, chunk[0])) };
  for (const chunk of next) yield { kind: kinds.next, bytes: bytesOf(chunk.subarray(0, chunk[0])) };
}

/**
 * The snapshot in the blocks of a file, or what `refuse` says of the identity that comes first. The blocks are whole;
 * where they do not fit together, another program wrote them.
 */
export function snapshotOf<Refused>(
  blocks: Iterable<Block>,
  refuse: (identity: unknown) => Refused | null,
): Snapshot | { readonly refused: Refused } {
  const table = new Table(null);
  const numbering: Int32Array[] = [];
  const waiting: Int32Array[] = [];
  const next: Int32Array[] = [];
  let levels: LevelsState | null = null;
  let counts: Int32Array | null = null;
  for (const { kind, bytes } of blocks) {
    if (kind === kinds.identity) {
      const refused = refuse(JSON.parse(Buffer.from(bytes).toString("utf8")));
      if (refused !== null) return { refused };
    } else if (kind === kinds.levels) levels = JSON.parse(Buffer.from(bytes).toString("utf8")) as LevelsState;
    else {
      const words = new Int32Array(bytes.buffer);
      if (kind === kinds.counts) {
        counts = words;
        table.reserve(words);
      } else if (kind === kinds.numbering) numbering.push(words);
      else if (kind === kinds.slots) table.put(words);
      else if (kind === kinds.waiting) waiting.push(words);
      else if (kind === kinds.next) next.push(words);
      else throw new DamagedFile(`has a block of kind ${kind}, which this version does not know`);
    }
  }
  if (levels === null || counts === null) throw new DamagedFile("lacks a part");
  if (!table.counts.every((count, shard) => count === counts[shard])) throw new DamagedFile("lacks states");
  return { levels, numbering: joined(numbering), table, waiting, next };
}

function joined(parts: readonly Int32Array[]): Int32Array {
  const whole = new Int32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

function bytesOf({ buffer, byteOffset, byteLength }: Int32Array): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

function textBytes(value: unknown): Uint8Array {
  return Buffer.from(JSON.stringify(value), "utf8");
}
