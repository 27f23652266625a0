import type { Value } from "../machine/index.ts";

/** A key as it was read. */
export interface KeyValue {
  readonly key: string;
  /** Text where it is UTF-8, and bytes otherwise. */
  readonly value: Value;
  readonly createRevision: number;
  readonly modRevision: number;
}

/** Null for a key that is not there. `revision` tells how new the answer is. */
export interface GetAnswer {
  readonly item: KeyValue | null;
  readonly revision: number;
}

export interface RangeAnswer {
  readonly items: readonly KeyValue[];
  /** Where the next page begins; null at the end. */
  readonly next: string | null;
  readonly revision: number;
}

export interface ChangeAnswer {
  readonly revision: number;
}

export interface DeleteAnswer extends ChangeAnswer {
  readonly deleted: boolean;
}

export type SwapAnswer =
  | { readonly revision: number; readonly swapped: true }
  /** `found` is the revision of the key's last change; null where there is no such key. */
  | { readonly revision: number; readonly swapped: false; readonly found: number | null };

export type WatchedChange =
  | {
      readonly kind: "put";
      readonly key: string;
      readonly value: Value;
      readonly createRevision: number;
      readonly revision: number;
    }
  | { readonly kind: "delete"; readonly key: string; readonly revision: number };

interface ItemJson {
  readonly key: string;
  readonly value: string;
  readonly encoding: "utf8" | "base64";
  readonly createRevision: number;
  readonly modRevision: number;
}

// The service's description says what answers have; a service that gives others is not this one.

export function getAnswer(json: unknown): GetAnswer {
  const { revision, ...item } = json as ItemJson & { readonly revision: number };
  return { item: keyValue(item), revision };
}

export function rangeAnswer(json: unknown): RangeAnswer {
  const { items, next, revision } = json as { items: ItemJson[]; next: string | null; revision: number };
  return { items: items.map(keyValue), next, revision };
}

export function watchedChange(json: unknown): WatchedChange {
  const change = json as ItemJson & { readonly kind: "put" | "delete"; readonly revision: number };
  const { kind, key, createRevision, revision } = change;
  return kind === "delete"
    ? { kind, key, revision }
    : { kind, key, value: decodedValue(change), createRevision, revision };
}

function keyValue(item: ItemJson): KeyValue {
  const { key, createRevision, modRevision } = item;
  return { key, value: decodedValue(item), createRevision, modRevision };
}

function decodedValue({ value, encoding }: ItemJson): Value {
  return encoding === "utf8" ? value : new Uint8Array(Buffer.from(value, "base64"));
}
