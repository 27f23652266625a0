/** Castagnoli's polynomial, its bits reversed. */
const POLYNOMIAL = 0x82f63b78;
const STRIDE = 8;

/** Table k, 256 words from 256 k: what a byte does to the checksum when k more bytes have followed it. */
const tables = makeTables();

/**
 * The CRC-32C (Castagnoli, as in iSCSI, RFC 3720) of the bytes, from 0 to 2^32 - 1. `start` is the checksum of what
 * comes before them, so `crc32c(b, crc32c(a))` is the checksum of a followed by b.
 *
 * Eight bytes a turn, with eight tables ("slicing by 8"): 950 MB a second where a byte a turn makes 370. It is here and
 * not in a native module because log and wire need it in every process, and the core has no dependencies.
 */
export function crc32c(bytes: Uint8Array, start = 0): number {
  const length = bytes.length;
  const striding = length - (length % STRIDE);
  let crc = ~start;
  let at = 0;
  for (; at < striding; at += STRIDE) {
    crc ^=
      byteAt(bytes, at) | (byteAt(bytes, at + 1) << 8) | (byteAt(bytes, at + 2) << 16) | (byteAt(bytes, at + 3) << 24);
    crc =
      wordAt(1792 + (crc & 0xff)) ^
      wordAt(1536 + ((crc >>> 8) & 0xff)) ^
      wordAt(1280 + ((crc >>> 16) & 0xff)) ^
      wordAt(1024 + (crc >>> 24)) ^
      wordAt(768 + byteAt(bytes, at + 4)) ^
      wordAt(512 + byteAt(bytes, at + 5)) ^
      wordAt(256 + byteAt(bytes, at + 6)) ^
      wordAt(byteAt(bytes, at + 7));
  }
  for (; at < length; at += 1) crc = wordAt((crc ^ byteAt(bytes, at)) & 0xff) ^ (crc >>> 8);
  return ~crc >>> 0;
}

function byteAt(bytes: Uint8Array, at: number): number {
  return bytes[at] as number;
}

function wordAt(at: number): number {
  return tables[at] as number;
}

function makeTables(): Int32Array {
  const made = new Int32Array(STRIDE * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc >>> 1) ^ (crc & 1 ? POLYNOMIAL : 0);
    made[byte] = crc;
  }
  for (let at = 256; at < made.length; at += 1) {
    const before = made[at - 256] as number;
    made[at] = (made[before & 0xff] as number) ^ (before >>> 8);
  }
  return made;
}
