import { crc32c } from "../core/encoding/crc32c.ts";

/**
 * The first 64 bytes of a segment: "LKSTWAL1", a checksum of what follows (4 bytes), the version of the format (4), the
 * number of the segment (8), the number of its first frame (8), the byte at which the segment before ends (8), the salt
 * of its frames (4), zeros. The first frame repeats what was true when the segment began, so that no older one is
 * needed for it.
 */
export interface SegmentHeader {
  readonly number: number;
  readonly firstFrame: number;
  /** 0 for the first segment of all. */
  readonly previousEnd: number;
  readonly salt: number;
}

export const SEGMENT_HEADER_BYTES = 64;
const FORMAT_VERSION = 1;
const MAGIC = new TextEncoder().encode("LKSTWAL1");

export function encodeSegmentHeader(header: SegmentHeader): Uint8Array {
  const bytes = new Uint8Array(SEGMENT_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  bytes.set(MAGIC);
  view.setUint32(12, FORMAT_VERSION, true);
  view.setBigUint64(16, BigInt(header.number), true);
  view.setBigUint64(24, BigInt(header.firstFrame), true);
  view.setBigUint64(32, BigInt(header.previousEnd), true);
  view.setUint32(40, header.salt, true);
  view.setUint32(8, crc32c(bytes.subarray(12)), true);
  return bytes;
}

/** The header, or what is wrong with it. */
export function decodeSegmentHeader(bytes: Uint8Array): SegmentHeader | string {
  if (bytes.length < SEGMENT_HEADER_BYTES) return `the file has ${bytes.length} bytes`;
  const view = new DataView(bytes.buffer, bytes.byteOffset, SEGMENT_HEADER_BYTES);
  if (MAGIC.some((byte, i) => byte !== bytes[i])) return "the file begins with something else";
  const version = view.getUint32(12, true);
  if (view.getUint32(8, true) !== crc32c(bytes.subarray(12, SEGMENT_HEADER_BYTES))) return "its checksum is wrong";
  if (version !== FORMAT_VERSION) return `its format is ${version}, and this program reads ${FORMAT_VERSION}`;
  return {
    number: Number(view.getBigUint64(16, true)),
    firstFrame: Number(view.getBigUint64(24, true)),
    previousEnd: Number(view.getBigUint64(32, true)),
    salt: view.getUint32(40, true),
  };
}
