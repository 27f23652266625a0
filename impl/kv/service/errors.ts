import type { Refusal } from "../../core/effects.ts";
import type { SessionRefusal } from "../../core/sessions.ts";

/** What a request may fail with, and the HTTP status that goes with it. */
export const STATUS_OF = {
  "invalid-request": 400,
  "invalid-key": 400,
  "invalid-value": 400,
  "invalid-change": 400,
  unauthorized: 401,
  "key-not-found": 404,
  "route-not-found": 404,
  "unknown-session": 409,
  "already-acknowledged": 409,
  "too-many-unacknowledged": 409,
  "change-in-progress": 409,
  "invalid-transfer": 409,
  "revision-too-old": 410,
  "too-large": 413,
  "unsupported-media-type": 415,
  internal: 500,
  "not-leader": 503,
  "no-leader": 503,
  "leader-unreachable": 503,
  overloaded: 503,
  "not-ready": 503,
  transferring: 503,
  "not-confirmed": 503,
  stopping: 503,
  "unknown-outcome": 504,
} as const;

export type ErrorCode = keyof typeof STATUS_OF;

/** An answer that is an error. `details` are further fields of the error's JSON. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
  /** When it may be worth asking again; null where asking the same again is no use. */
  readonly retryAfterMs: number | null;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    retryAfterMs: number | null = null,
  ) {
    super(message);
    this.code = code;
    this.details = details;
    this.retryAfterMs = retryAfterMs;
  }

  get status(): number {
    return STATUS_OF[this.code];
  }

  get body(): string {
    const { code, message, details, retryAfterMs } = this;
    return JSON.stringify({ error: { code, message, ...details, ...(retryAfterMs === null ? {} : { retryAfterMs }) } });
  }
}

const SOON_MS = 100;

/** A refusal of the replica. That it does not lead is for the caller to deal with, while a leader is known. */
export function refusalError(refusal: Refusal, tickMs: number): ApiError {
  switch (refusal.kind) {
    case "not-leader":
      return new ApiError("no-leader", "the cluster has no leader that this server knows of", {}, SOON_MS);
    case "overloaded":
      return new ApiError(
        "overloaded",
        "too much is under way, and nothing was queued",
        {},
        refusal.retryAfterTicks * tickMs,
      );
    case "not-ready":
      return new ApiError(
        "not-ready",
        "the leader has just begun and does not know yet what is committed",
        {},
        refusal.retryAfterTicks * tickMs,
      );
    case "too-large": {
      const { size, sizeMax } = refusal;
      return new ApiError("too-large", `the command has ${size} bytes of at most ${sizeMax}`, { size, sizeMax });
    }
    case "transferring":
      return new ApiError("transferring", `leadership is on its way to ${refusal.to}`, { to: refusal.to }, SOON_MS);
    case "change-in-progress":
      return new ApiError("change-in-progress", "another change of members has not come to its end");
    case "invalid-change":
      return new ApiError("invalid-change", refusal.why);
    case "invalid-transfer":
      return new ApiError("invalid-transfer", refusal.why);
  }
}

export function sessionError(refusal: SessionRefusal): ApiError {
  switch (refusal.kind) {
    case "unknown-session":
      return new ApiError(
        "unknown-session",
        `session ${refusal.session} was never opened, or is closed, or has expired: whether an earlier attempt of this request took effect cannot be said`,
        { session: refusal.session },
      );
    case "already-acknowledged":
      return new ApiError(
        "already-acknowledged",
        `sequence ${refusal.sequence} was acknowledged before, up to ${refusal.acknowledged}, and its answer is not kept`,
        { sequence: refusal.sequence, acknowledged: refusal.acknowledged },
      );
    case "too-many-unacknowledged":
      return new ApiError(
        "too-many-unacknowledged",
        `the session has ${refusal.unacknowledgedMax} answers that are not acknowledged, and room for no more`,
        { unacknowledgedMax: refusal.unacknowledgedMax },
      );
  }
}
