import type { Value } from "./operation.ts";

export const eventTypes = ["invoke", "ok", "fail", "info"] as const;

export type EventType = (typeof eventTypes)[number];

/** What one line of a history says, whatever its format. */
export interface HistoryEvent {
  readonly process: number;
  readonly type: EventType;
  readonly f: string;
  readonly key: string | null;
  readonly value: Value;
  /** Nanoseconds; null where the line does not tell. */
  readonly time: number | null;
  /** Whether the line carries an error: a `fail` with one was not carried out, whatever the value. */
  readonly isError: boolean;
}

/** What is wrong with a line; `column` counts characters from 1, and is there where it is known. */
export interface LineFault {
  readonly what: string;
  readonly expected: string;
  readonly found: string;
  readonly column?: number;
}

/** `event` is null for a line that tells of no client. */
export type LineRead =
  | { readonly ok: true; readonly event: HistoryEvent | null }
  | { readonly ok: false; readonly fault: LineFault };

export function faulty(what: string, expected: string, found: string): LineRead {
  return { ok: false, fault: { what, expected, found: shortened(found) } };
}

const shownLength = 100;

export function shortened(text: string): string {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}…`;
}
