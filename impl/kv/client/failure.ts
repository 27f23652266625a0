import type { Exchange } from "./exchange.ts";

/** Why a call gave nothing. `code` is the service's, or one of the three that only a client can know. */
export interface Failure {
  readonly code: string;
  readonly message: string;
  /** Whether a change that was asked for may have taken effect, or take effect yet. */
  readonly happened: "no" | "maybe";
  /** The fields of the error's JSON. */
  readonly details: Readonly<Record<string, unknown>>;
}

export type Called<Value> =
  | { readonly kind: "done"; readonly value: Value }
  | { readonly kind: "failed"; readonly failure: Failure };

/** What an iterator of changes ends with. */
export class WatchError extends Error {
  override readonly name = "WatchError";
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure.message);
    this.failure = failure;
  }
}

/** The service carried nothing out, and may at another time or place. */
const WORTH_REPEATING = new Set([
  "not-leader",
  "no-leader",
  "leader-unreachable",
  "overloaded",
  "not-ready",
  "transferring",
  "not-confirmed",
  "stopping",
  "unreachable",
]);

/** What one attempt gave, seen by who decides on another. */
export interface Attempt {
  readonly failure: Failure;
  readonly isWorthRepeating: boolean;
  /** The least to wait before the next. */
  readonly waitMs: number;
  /** A server that is said to lead. */
  readonly leaderAddress: string | null;
}

export function failedAttempt(exchange: Exchange): Attempt {
  switch (exchange.kind) {
    case "unreachable":
      return attemptOf({ code: "unreachable", message: exchange.why, happened: "no", details: {} }, 0, null);
    case "lost":
      return attemptOf({ code: "lost", message: exchange.why, happened: "maybe", details: {} }, 0, null);
    case "answered": {
      const { code, message, ...details } = errorOf(exchange.body);
      const happened = code === "unknown-outcome" || code === "internal" || code === "unreadable" ? "maybe" : "no";
      const { retryAfterMs, address } = details;
      const headerMs = Number(exchange.headers["retry-after"] ?? 0) * 1000;
      const waitMs = typeof retryAfterMs === "number" ? retryAfterMs : headerMs;
      return attemptOf({ code, message, happened, details }, waitMs, typeof address === "string" ? address : null);
    }
  }
}

function attemptOf(failure: Failure, waitMs: number, leaderAddress: string | null): Attempt {
  const isWorthRepeating = failure.happened === "maybe" || WORTH_REPEATING.has(failure.code);
  return { failure, isWorthRepeating, waitMs, leaderAddress };
}

function errorOf(body: string): { code: string; message: string; [detail: string]: unknown } {
  try {
    const { error } = JSON.parse(body);
    if (typeof error?.code === "string" && typeof error?.message === "string") return error;
  } catch {
    // It is no JSON: said below.
  }
  return { code: "unreadable", message: "the answer is no error of this service: is the address right?" };
}
