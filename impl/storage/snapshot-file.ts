import { ByteReader, ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import { crc32c } from "../core/encoding/crc32c.ts";
import { readSnapshotMeta, writeSnapshotMeta } from "../core/encoding/entry.ts";
import type { SnapshotMeta } from "../core/entry.ts";
import type { Files, OpenFile } from "./files.ts";
import { corrupt } from "./recovery.ts";

/**
 * A snapshot's file: "LKSTSNP1", a checksum of the rest of the head (4 bytes), the length of the head (4), the version
 * of the format (4), what the snapshot stands for, zeros up to a multiple of 8; the image; for each 64 KiB of the image
 * a checksum (4), and a checksum of those (4). A piece can be read and checked without the rest.
 */
const MAGIC = new TextEncoder().encode("LKSTSNP1");
const FORMAT_VERSION = 1;
const FIXED_BYTES = 20;
const BLOCK_BYTES = 1 << 16;
/** What is written at a time, so that other work is not kept waiting for the checksum of a large image. */
const PIECE_BYTES = 1 << 20;

/** A file that is being written. */
export class SnapshotWriter {
  readonly path: string;
  readonly #file: OpenFile;
  readonly #meta: SnapshotMeta;
  readonly #imageAt: number;
  readonly #checksums: Uint32Array<ArrayBuffer>;
  #size = 0;

  private constructor(path: string, file: OpenFile, meta: SnapshotMeta, imageAt: number) {
    this.path = path;
    this.#file = file;
    this.#meta = meta;
    this.#imageAt = imageAt;
    this.#checksums = new Uint32Array(Math.ceil(meta.size / BLOCK_BYTES));
  }

  static async create(files: Files, path: string, meta: SnapshotMeta): Promise<SnapshotWriter> {
    const head = encodeHead(meta);
    const file = await files.open(path, "create");
    await file.write(head, 0);
    return new SnapshotWriter(path, file, meta, head.length);
  }

  /** Bytes of the image so far. */
  get size(): number {
    return this.#size;
  }

  async append(data: Uint8Array): Promise<void> {
    if (this.#size + data.length > this.#meta.size) {
      throw new Error(`the image at index ${this.#meta.index} is larger than the ${this.#meta.size} bytes announced`);
    }
    for (let at = 0; at < data.length; at += PIECE_BYTES) {
      const piece = data.subarray(at, at + PIECE_BYTES);
      this.#check(piece);
      await this.#file.write(piece, this.#imageAt + this.#size);
      this.#size += piece.length;
    }
  }

  /** Makes it durable; the caller gives it the final name. The file stays open to be read. */
  async finish(finalPath: string): Promise<SnapshotFile> {
    if (this.#size !== this.#meta.size) {
      throw new Error(`the image at index ${this.#meta.index} has ${this.#size} bytes of ${this.#meta.size} announced`);
    }
    await this.#file.write(encodeChecksums(this.#checksums), this.#imageAt + this.#size);
    await this.#file.sync();
    return new SnapshotFile(finalPath, this.#file, this.#meta, this.#imageAt, this.#checksums);
  }

  /** For one that is given up. */
  close(): Promise<void> {
    return this.#file.close();
  }

  /** A piece may begin and end in the middle of a block. */
  #check(piece: Uint8Array): void {
    for (let at = 0; at < piece.length; ) {
      const block = Math.floor((this.#size + at) / BLOCK_BYTES);
      const part = piece.subarray(at, at + (block + 1) * BLOCK_BYTES - (this.#size + at));
      this.#checksums[block] = crc32c(part, this.#checksums[block]);
      at += part.length;
    }
  }
}

/** A file that is whole, open to be read. */
export class SnapshotFile {
  readonly path: string;
  readonly meta: SnapshotMeta;
  readonly #file: OpenFile;
  readonly #imageAt: number;
  readonly #checksums: Uint32Array;
  #readers = 0;
  #isRetired = false;

  constructor(path: string, file: OpenFile, meta: SnapshotMeta, imageAt: number, checksums: Uint32Array) {
    this.path = path;
    this.meta = meta;
    this.#file = file;
    this.#imageAt = imageAt;
    this.#checksums = checksums;
  }

  /** Rejects where the head or the checksums do not check. */
  static async open(files: Files, path: string): Promise<SnapshotFile> {
    const file = await files.open(path, "read");
    try {
      const { meta, imageAt } = await readHead(path, file);
      const checksumsAt = imageAt + meta.size;
      const count = Math.ceil(meta.size / BLOCK_BYTES);
      const size = await file.size();
      if (size !== checksumsAt + 4 * (count + 1)) {
        throw corrupt(path, size, `the file should have ${checksumsAt + 4 * (count + 1)} bytes, and has ${size}`);
      }
      const bytes = new Uint8Array(4 * (count + 1));
      await file.read(bytes, checksumsAt);
      const checksums = new Uint32Array(bytes.buffer, 0, count);
      if (crc32c(bytes.subarray(0, 4 * count)) !== new DataView(bytes.buffer).getUint32(4 * count, true)) {
        throw corrupt(path, checksumsAt, "the checksums of the image should be here, and do not check");
      }
      return new SnapshotFile(path, file, meta, imageAt, checksums);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** At most `sizeMax` bytes from `offset` on. */
  async read(offset: number, sizeMax: number): Promise<Uint8Array> {
    const end = Math.min(this.meta.size, offset + sizeMax);
    if (offset >= end) return new Uint8Array(0);
    const first = Math.floor(offset / BLOCK_BYTES);
    const start = first * BLOCK_BYTES;
    const bytes = new Uint8Array(Math.min(this.meta.size, Math.ceil(end / BLOCK_BYTES) * BLOCK_BYTES) - start);
    this.#readers += 1;
    try {
      await this.#file.read(bytes, this.#imageAt + start);
    } finally {
      this.#readers -= 1;
      if (this.#isRetired && this.#readers === 0) await this.#file.close();
    }
    for (let at = 0; at < bytes.length; at += BLOCK_BYTES) {
      if (crc32c(bytes.subarray(at, at + BLOCK_BYTES)) === this.#checksums[first + at / BLOCK_BYTES]) continue;
      throw corrupt(this.path, this.#imageAt + start + at, "a block of the image does not check");
    }
    return bytes.subarray(offset - start, end - start);
  }

  /** Closes the file when the last one that reads it is done. */
  async retire(): Promise<void> {
    this.#isRetired = true;
    if (this.#readers === 0) await this.#file.close();
  }
}

function encodeHead(meta: SnapshotMeta): Uint8Array {
  const out = new ByteWriter();
  for (let i = 0; i < FIXED_BYTES; i += 4) out.word(0);
  writeSnapshotMeta(out, meta);
  while (out.length % 8 !== 0) out.byte(0);
  out.patch32(12, out.length);
  out.patch32(16, FORMAT_VERSION);
  const head = out.copy();
  head.set(MAGIC);
  new DataView(head.buffer).setUint32(8, crc32c(head.subarray(12)), true);
  return head;
}

async function readHead(path: string, file: OpenFile): Promise<{ meta: SnapshotMeta; imageAt: number }> {
  const fixed = new Uint8Array(FIXED_BYTES);
  const count = await file.read(fixed, 0);
  const view = new DataView(fixed.buffer);
  const length = view.getUint32(12, true);
  if (count < FIXED_BYTES || MAGIC.some((byte, i) => byte !== fixed[i]) || length > (await file.size())) {
    throw corrupt(path, 0, "a snapshot should begin here, and something else does");
  }
  const head = new Uint8Array(length);
  await file.read(head, 0);
  if (crc32c(head.subarray(12)) !== view.getUint32(8, true))
    throw corrupt(path, 8, "the snapshot's head does not check");
  const version = view.getUint32(16, true);
  if (version !== FORMAT_VERSION) {
    throw corrupt(path, 16, `the snapshot's format is ${version}, and this program reads ${FORMAT_VERSION}`);
  }
  try {
    return { meta: readSnapshotMeta(new ByteReader(head, FIXED_BYTES)), imageAt: length };
  } catch (error) {
    if (error instanceof EncodingError) throw corrupt(path, FIXED_BYTES, `the head says nonsense: ${error.message}`);
    throw error;
  }
}

function encodeChecksums(checksums: Uint32Array<ArrayBuffer>): Uint8Array {
  const bytes = new Uint8Array(checksums.byteLength + 4);
  bytes.set(new Uint8Array(checksums.buffer));
  new DataView(bytes.buffer).setUint32(checksums.byteLength, crc32c(bytes.subarray(0, checksums.byteLength)), true);
  return bytes;
}
