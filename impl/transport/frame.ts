import { type ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import { crc32c } from "../core/encoding/crc32c.ts";

export const PROTOCOL_VERSION = 1;
const MAGIC = new TextEncoder().encode("LOCKSTEP");
/** Both sides begin with it, so that whoever speaks another protocol, or another version, is known at once. */
const PREAMBLE_BYTES = MAGIC.length + 1;
/** Length and checksum, four bytes each. */
export const HEADER_BYTES = 8;

export function writePreamble(out: ByteWriter): void {
  for (const byte of MAGIC) out.byte(byte);
  out.byte(PROTOCOL_VERSION);
}

/** Begins a frame; what is written next is its payload. Returns where it begins, for `endFrame`. */
export function beginFrame(out: ByteWriter): number {
  const at = out.length;
  out.word(0);
  out.word(0);
  return at;
}

/** Puts in the length and checksum of the frame that began at `at`. Returns the length of its payload. */
export function endFrame(out: ByteWriter, at: number): number {
  const length = out.length - at - HEADER_BYTES;
  out.patch32(at, length);
  out.patch32(at + 4, checksum(out.view(), at, length));
  return length;
}

/** Cuts a stream of bytes, as they come, into the preamble and frames. */
export class FrameReader {
  #frameBytesMax: number;
  #parts: Uint8Array[] = [];
  #length = 0;
  /** With fewer bytes there is nothing to return, so parts need not be joined to look: a frame is joined once. */
  #needed = 0;

  constructor(frameBytesMax: number) {
    this.#frameBytesMax = frameBytesMax;
  }

  /** From now on frames may be of this size. */
  allow(frameBytesMax: number): void {
    this.#frameBytesMax = frameBytesMax;
  }

  /** The bytes belong to the reader from now on. Memory grows with bytes that came, not with lengths announced. */
  push(bytes: Uint8Array): void {
    this.#parts.push(bytes);
    this.#length += bytes.length;
  }

  /** The version that the other side speaks; null where it is not there yet. Throws `EncodingError`. */
  preamble(): number | null {
    const bytes = this.#take(PREAMBLE_BYTES);
    if (bytes === null) return null;
    if (MAGIC.some((byte, at) => bytes[at] !== byte)) {
      throw new EncodingError(`the first bytes are ${hex(bytes)}, which is not the peer protocol`);
    }
    return bytes[MAGIC.length] as number;
  }

  /** The payload of the next frame, a view of what came in; null where it is not whole yet. Throws `EncodingError`. */
  next(): Uint8Array | null {
    if (this.#length < this.#needed) return null;
    const header = this.#peek(HEADER_BYTES);
    if (header === null) return null;
    const length = wordAt(header, 0);
    if (length > this.#frameBytesMax) {
      throw new EncodingError(`a frame of ${length} bytes was announced, and ${this.#frameBytesMax} are the limit`);
    }
    this.#needed = HEADER_BYTES + length;
    const frame = this.#take(this.#needed);
    if (frame === null) return null;
    this.#needed = HEADER_BYTES;
    if (checksum(frame, 0, length) !== wordAt(frame, 4)) {
      throw new EncodingError(`a frame of ${length} bytes does not fit its checksum`);
    }
    return frame.subarray(HEADER_BYTES);
  }

  #take(count: number): Uint8Array | null {
    const bytes = this.#peek(count);
    if (bytes === null) return null;
    this.#length -= count;
    this.#parts = this.#length === 0 ? [] : [bytes.subarray(count)];
    return bytes.subarray(0, count);
  }

  /** All bytes that are there, in one piece, if they are `count` at least. */
  #peek(count: number): Uint8Array | null {
    if (this.#length < count) return null;
    const first = this.#parts[0] as Uint8Array;
    if (this.#parts.length === 1) return first;
    const joined = new Uint8Array(this.#length);
    let at = 0;
    for (const part of this.#parts) {
      joined.set(part, at);
      at += part.length;
    }
    this.#parts = [joined];
    return joined;
  }
}

/** Of the four bytes of the length, and the payload. */
function checksum(bytes: Uint8Array, at: number, length: number): number {
  const start = crc32c(bytes.subarray(at, at + 4));
  return crc32c(bytes.subarray(at + HEADER_BYTES, at + HEADER_BYTES + length), start);
}

function wordAt(bytes: Uint8Array, at: number): number {
  const byte = (offset: number) => bytes[at + offset] as number;
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0;
}

function hex(bytes: Uint8Array): string {
  return [...bytes.subarray(0, PREAMBLE_BYTES)].map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}
