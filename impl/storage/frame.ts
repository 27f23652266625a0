import type { ByteWriter } from "../core/encoding/bytes.ts";
import { crc32c } from "../core/encoding/crc32c.ts";

/**
 * A frame is what one sync makes durable: a checksum (4 bytes), the length of the body (4), the frame's number in the
 * log (8), the body, and zeros up to a multiple of 8. Numbers have the lowest byte first. The checksum covers all after
 * itself but the zeros, and begins from the segment's salt.
 *
 * A frame is written only when the one before it is durable. That tells a torn tail from corruption: a frame that does
 * not check can have been cut off by a crash only if no later one exists. The salt, which nobody outside knows, keeps
 * bytes inside a command from being taken for a later frame.
 */
export const FRAME_HEADER_BYTES = 16;
const ALIGNMENT = 8;

/** Reserves the header of a frame whose body is then written. */
export function beginFrame(out: ByteWriter): void {
  for (let i = 0; i < FRAME_HEADER_BYTES; i += 4) out.word(0);
}

/** Fills the header in and the end up; resulting bytes are a view of what was written. */
export function endFrame(out: ByteWriter, salt: number, number: number): Uint8Array {
  const length = out.length - FRAME_HEADER_BYTES;
  out.patch32(4, length);
  out.patch32(8, number);
  out.patch32(12, number / 2 ** 32);
  while (out.length % ALIGNMENT !== 0) out.byte(0);
  out.patch32(0, crc32c(out.view().subarray(4, FRAME_HEADER_BYTES + length), salt));
  return out.view();
}

/** How the frames of a segment end, at byte `end`. */
export type Ending =
  /** Nothing but zeros follows. */
  | { readonly kind: "clean"; readonly end: number }
  /** Bytes up to `dirtyEnd` follow that are no frame, and no frame after them. */
  | { readonly kind: "torn"; readonly end: number; readonly dirtyEnd: number }
  /** What is at `end` is not the frame that is due there, and there is a frame at `found`. */
  | { readonly kind: "corrupt"; readonly end: number; readonly found: number };

/**
 * Reads frames from byte `start` on, the first of which must have the number `number`, and hands over each body as a
 * view. `bytes` begin at a multiple of 8 in memory, as new arrays do.
 */
export function readFrames(
  bytes: Uint8Array,
  start: number,
  salt: number,
  number: number,
  onBody: (body: Uint8Array, offset: number) => void,
): Ending {
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  let at = start;
  let due = number;
  while (isFrame(bytes, words, at, salt)) {
    if (numberAt(words, at) !== due) return { kind: "corrupt", end: at, found: at };
    const length = words[(at >> 2) + 1] as number;
    onBody(bytes.subarray(at + FRAME_HEADER_BYTES, at + FRAME_HEADER_BYTES + length), at);
    at += paddedBytes(length);
    due += 1;
  }
  const dirtyEnd = lastNonZero(bytes, at) + 1;
  if (dirtyEnd <= at) return { kind: "clean", end: at };
  const found = laterFrame(bytes, words, at + ALIGNMENT, dirtyEnd, salt, due);
  return found === null ? { kind: "torn", end: at, dirtyEnd } : { kind: "corrupt", end: at, found };
}

function paddedBytes(length: number): number {
  return Math.ceil((FRAME_HEADER_BYTES + length) / ALIGNMENT) * ALIGNMENT;
}

function numberAt(words: Uint32Array, at: number): number {
  return (words[(at >> 2) + 3] as number) * 2 ** 32 + (words[(at >> 2) + 2] as number);
}

function isFrame(bytes: Uint8Array, words: Uint32Array, at: number, salt: number): boolean {
  if (at + FRAME_HEADER_BYTES > bytes.length) return false;
  const length = words[(at >> 2) + 1] as number;
  const end = at + FRAME_HEADER_BYTES + length;
  // A frame has a number of at least 1, so zeros are none whatever the salt is.
  if (end > bytes.length || numberAt(words, at) === 0) return false;
  return crc32c(bytes.subarray(at + 4, end), salt) === words[at >> 2];
}

/** The place of a frame with a number after `due`. The number is looked at first, which rules nearly all places out. */
function laterFrame(
  bytes: Uint8Array,
  words: Uint32Array,
  from: number,
  to: number,
  salt: number,
  due: number,
): number | null {
  const numberMax = due + (to - from) / FRAME_HEADER_BYTES + 2;
  for (let at = from; at < to && at + FRAME_HEADER_BYTES <= bytes.length; at += ALIGNMENT) {
    const number = numberAt(words, at);
    if (number > due && number <= numberMax && isFrame(bytes, words, at, salt)) return at;
  }
  return null;
}

/** The place of the last byte that is not zero, `from` - 1 if there is none. */
function lastNonZero(bytes: Uint8Array, from: number): number {
  let at = bytes.length - 1;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2);
  while (at >= from && at % 4 !== 3 && bytes[at] === 0) at -= 1;
  while (at - 3 >= from && at % 4 === 3 && words[at >> 2] === 0) at -= 4;
  while (at >= from && bytes[at] === 0) at -= 1;
  return at;
}
