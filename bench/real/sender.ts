/** Magic word, version, length and checksum of the first frame of the peer protocol. */
const BEFORE_THE_GREETING = 9 + 8;

/**
 * Whom the first bytes of a connection between servers name as the one who speaks; null where they are not all there.
 * A greeting names the cluster, then the sender, each with its length before it, which fits a byte.
 */
export function senderOf(bytes: Buffer): string | null {
  const cluster = textAt(bytes, BEFORE_THE_GREETING);
  return cluster === null ? null : (textAt(bytes, cluster.end)?.text ?? null);
}

function textAt(bytes: Buffer, at: number): { readonly text: string; readonly end: number } | null {
  const length = bytes[at];
  if (length === undefined) return null;
  const end = at + 1 + length;
  return end > bytes.length ? null : { text: bytes.toString("utf8", at + 1, end), end };
}
