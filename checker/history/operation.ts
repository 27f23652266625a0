/** What a client may say or be told. Numbers are whole and exact, so that equal texts are equal values. */
export type Value = null | boolean | number | string | readonly Value[];

/** Where in a history something happened. */
export interface Moment {
  /** Position among the events of the history, from 0: what decides who came first. */
  readonly event: number;
  /** Line of the file, from 1. */
  readonly line: number;
  /** Nanoseconds since any fixed moment, where the history tells: shown, and never compared. */
  readonly time: number | null;
}

/**
 * `ok` gives what was read, or repeats what was written; `unequal` is a compare-and-swap that found another value and
 * changed nothing; `none` is an operation that may have taken effect at any time after its call, or never.
 */
export type Answer = { readonly kind: "ok"; readonly value: Value } | { readonly kind: "unequal" | "none" };

/** One operation of a client, from its call to its return. */
export interface Operation {
  /** Position among the operations of the history, by call, from 0. */
  readonly id: number;
  readonly process: number;
  readonly f: string;
  /** The register or key that it is about; null where the history has only one. */
  readonly key: string | null;
  /** What was asked to be written; null for reads. */
  readonly input: Value;
  readonly answer: Answer;
  readonly called: Moment;
  /** Null if and only if the answer is `none`. */
  readonly returned: Moment | null;
}

/** Equal for two values if and only if they are equal. */
export function valueKey(value: Value): string {
  return JSON.stringify(value);
}

export function sameValue(one: Value, other: Value): boolean {
  return one === other || (typeof one === "object" && typeof other === "object" && valueKey(one) === valueKey(other));
}

/** The operation as a reader would say it: `cas x [1, 2]: ok`. */
export function operationText({ f, key, input, answer }: Operation): string {
  const isRead = f === "read" || f === "get";
  const said = [f, ...(key === null ? [] : [key]), ...(isRead || f === "delete" ? [] : [valueKey(input)])].join(" ");
  if (answer.kind !== "ok") return `${said}: ${answer.kind === "none" ? "no answer" : "not equal"}`;
  return isRead ? `${said} gave ${valueKey(answer.value)}` : `${said}: ok`;
}
