/**
 * CRC-32C (Castagnoli, reflected polynomial 0x82F63B78) of `bytes`, as in iSCSI (RFC 3720). `seed` is the checksum of
 * what comes before, 0 for nothing: `crc32c(b, crc32c(a))` is the checksum of a and b one after the other.
 *
 * Sliced by sixteen: four words a turn, each byte through a table of its own. Node.js has CRC-32 only, whose polynomial
 * is weaker on long records, and only from version 20.15 on.
 */
export function crc32c(bytes: Uint8Array, seed = 0): number {
  let crc = ~seed;
  let at = 0;
  // Whole words can be read from an aligned address only, and the record format keeps bodies aligned.
  const aligned = Math.min(bytes.length, (4 - (bytes.byteOffset & 3)) & 3);
  while (at < aligned) crc = step(crc, bytes[at++] as number);
  const turns = (bytes.length - at) >> 4;
  if (turns > 0) {
    crc = foldWords(crc, new Int32Array(bytes.buffer, bytes.byteOffset + at, turns << 2));
    at += turns << 4;
  }
  while (at < bytes.length) crc = step(crc, bytes[at++] as number);
  return ~crc >>> 0;
}

const POLYNOMIAL = 0x82f63b78;
const SLICES = 16;
/** Table k, from 256 k on, holds what a byte does to the checksum when k zero bytes follow it. */
const TABLES = buildTables();

function buildTables(): Int32Array {
  const tables = new Int32Array(SLICES * 256);
  for (let byte = 0; byte < 256; byte += 1) {
    let crc = byte;
    for (let bit = 0; bit < 8; bit += 1) crc = (crc & 1) === 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
    tables[byte] = crc;
  }
  for (let at = 256; at < tables.length; at += 1) {
    const crc = tables[at - 256] as number;
    tables[at] = (crc >>> 8) ^ (tables[crc & 0xff] as number);
  }
  return tables;
}

function step(crc: number, byte: number): number {
  return (crc >>> 8) ^ (TABLES[(crc ^ byte) & 0xff] as number);
}

/** All words, four a turn. The order of bytes in a word is the machine's, which has to be little-endian. */
function foldWords(seed: number, words: Int32Array): number {
  const t = TABLES;
  let crc = seed;
  for (let i = 0; i < words.length; i += 4) {
    const a = (words[i] as number) ^ crc;
    const b = words[i + 1] as number;
    const c = words[i + 2] as number;
    const d = words[i + 3] as number;
    crc =
      (t[0xf00 + (a & 0xff)] as number) ^
      (t[0xe00 + ((a >>> 8) & 0xff)] as number) ^
      (t[0xd00 + ((a >>> 16) & 0xff)] as number) ^
      (t[0xc00 + (a >>> 24)] as number) ^
      (t[0xb00 + (b & 0xff)] as number) ^
      (t[0xa00 + ((b >>> 8) & 0xff)] as number) ^
      (t[0x900 + ((b >>> 16) & 0xff)] as number) ^
      (t[0x800 + (b >>> 24)] as number) ^
      (t[0x700 + (c & 0xff)] as number) ^
      (t[0x600 + ((c >>> 8) & 0xff)] as number) ^
      (t[0x500 + ((c >>> 16) & 0xff)] as number) ^
      (t[0x400 + (c >>> 24)] as number) ^
      (t[0x300 + (d & 0xff)] as number) ^
      (t[0x200 + ((d >>> 8) & 0xff)] as number) ^
      (t[0x100 + ((d >>> 16) & 0xff)] as number) ^
      (t[d >>> 24] as number);
  }
  return crc;
}
