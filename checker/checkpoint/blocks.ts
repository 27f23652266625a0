/**
 * A file of blocks. Each has a header of four words: its kind, its place in the file, the bytes that follow, and a
 * checksum of all that. The last one is of kind 0 and empty, so that a file that was cut is told from a whole one.
 */
import { readSync, writeSync } from "node:fs";
import { crc32 } from "node:zlib";

/** What every file begins with. Another number is another format. */
const signature = Buffer.from("lockstep checkpoint 1\n", "latin1");
const product = "lockstep checkpoint ";
const headerWords = 4;
const headerBytes = headerWords * 4;
const endKind = 0;

export interface Block {
  readonly kind: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** What is wrong with a file, as the end of a sentence that begins with its name. */
export class DamagedFile extends Error {}

export class BlockWriter {
  readonly #file: number;
  #blocks = 0;

  constructor(file: number) {
    this.#file = file;
    this.#write(signature);
  }

  write(kind: number, content: Uint8Array): void {
    const header = Int32Array.of(kind, this.#blocks, content.byteLength, 0);
    header[3] = checksumOf(header, content);
    this.#blocks += 1;
    this.#write(new Uint8Array(header.buffer));
    this.#write(content);
  }

  end(): void {
    this.write(endKind, new Uint8Array(0));
  }

  /** A disk that is almost full takes a part, and says that it is full when it is asked again. */
  #write(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.byteLength; ) at += writeSync(this.#file, bytes, at, bytes.byteLength - at);
  }
}

/** Reads every block of a file of this size, and throws `DamagedFile` where it is not whole. */
export function* readBlocks(file: number, size: number): Generator<Block> {
  let left = size - signature.length;
  const read = (bytes: number): Uint8Array<ArrayBuffer> => {
    if (bytes > left) throw new DamagedFile("ends too early");
    left -= bytes;
    return readExactly(file, bytes);
  };
  if (left < 0) throw new DamagedFile("is not a checkpoint: it is too short");
  const first = Buffer.from(readExactly(file, signature.length));
  if (!first.equals(signature)) {
    const isOther = first.toString("latin1").startsWith(product);
    throw new DamagedFile(isOther ? "has another format than this version reads" : "is not a checkpoint");
  }
  for (let blocks = 0; ; blocks += 1) {
    const header = new Int32Array(read(headerBytes).buffer);
    const [kind = 0, place = 0, length = 0, checksum = 0] = header;
    if (length < 0 || place !== blocks) throw new DamagedFile(`is damaged in block ${blocks}`);
    const bytes = read(length);
    header[3] = 0;
    if (checksumOf(header, bytes) !== checksum) throw new DamagedFile(`is damaged in block ${blocks}`);
    if (kind === endKind) break;
    yield { kind, bytes };
  }
  if (left > 0) throw new DamagedFile("goes on after its end");
}

function readExactly(file: number, bytes: number): Uint8Array<ArrayBuffer> {
  const read = new Uint8Array(bytes);
  for (let at = 0; at < bytes; ) {
    const got = readSync(file, read, at, bytes - at, null);
    if (got === 0) throw new DamagedFile("ends too early");
    at += got;
  }
  return read;
}

/** Of a header whose checksum is 0, and of what follows it. */
function checksumOf(header: Int32Array, content: Uint8Array): number {
  return crc32(content, crc32(header)) | 0;
}
