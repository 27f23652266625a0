import { type ByteReader, type ByteWriter, EncodingError } from "../../core/encoding/bytes.ts";
import type { SessionRefusal } from "../../core/sessions.ts";

/**
 * What a change gave. `revision` is the index of the log entry that carried it out. None of these grows with the data:
 * sessions keep them, and must stay small.
 */
export type ChangeResult =
  | { readonly kind: "written"; readonly revision: number }
  | { readonly kind: "deleted"; readonly revision: number; readonly existed: boolean }
  /** Nothing changed. `found` is the revision of the key's last change; null where there is no such key. */
  | { readonly kind: "mismatch"; readonly revision: number; readonly found: number | null }
  /** Nothing changed: the value would have had this size. */
  | { readonly kind: "too-large"; readonly revision: number; readonly size: number; readonly sizeMax: number };

export type KvResult =
  | ChangeResult
  | SessionRefusal
  | { readonly kind: "session-opened"; readonly session: number }
  | { readonly kind: "session-closed"; readonly existed: boolean };

const WRITTEN = 1;
const DELETED = 2;
const MISMATCH = 3;
const TOO_LARGE = 4;

export function writeChangeResult(out: ByteWriter, result: ChangeResult): void {
  switch (result.kind) {
    case "written":
      out.byte(WRITTEN);
      out.number(result.revision);
      break;
    case "deleted":
      out.byte(DELETED);
      out.number(result.revision);
      out.flag(result.existed);
      break;
    case "mismatch":
      out.byte(MISMATCH);
      out.number(result.revision);
      // Revisions begin at one.
      out.number(result.found ?? 0);
      break;
    case "too-large":
      out.byte(TOO_LARGE);
      out.number(result.revision);
      out.number(result.size);
      out.number(result.sizeMax);
      break;
  }
}

export function readChangeResult(from: ByteReader): ChangeResult {
  const code = from.byte();
  const revision = from.number();
  switch (code) {
    case WRITTEN:
      return { kind: "written", revision };
    case DELETED:
      return { kind: "deleted", revision, existed: from.flag() };
    case MISMATCH:
      return { kind: "mismatch", revision, found: from.number() || null };
    case TOO_LARGE:
      return { kind: "too-large", revision, size: from.number(), sizeMax: from.number() };
    default:
      throw new EncodingError(`there is no result ${code}`);
  }
}
