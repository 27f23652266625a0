import type { SequentialModel } from "./model.ts";
import type { Operation, Value } from "./operation.ts";

/** When an operation took effect, as far as it is known: what the search has to respect. */
export interface Span {
  readonly operation: Operation;
  /** It took effect after this event. */
  readonly from: number;
  /** And before this one; null where it may never have. */
  readonly until: number | null;
  /** It may have taken effect any number of times; only where `until` is null. */
  readonly repeats: boolean;
}

/**
 * What a history says up to and including an event. A history that has an order has one for each of its beginnings: what
 * had not returned may have taken effect or not.
 */
export function spansUntil(event: number, operations: readonly Operation[], model: SequentialModel<Value>): Span[] {
  return operations.flatMap((operation): Span[] => {
    const { called, returned } = operation;
    if (called.event > event) return [];
    if (returned !== null && returned.event <= event) {
      return [{ operation, from: called.event, until: returned.event, repeats: false }];
    }
    return model.isRead(operation)
      ? []
      : [{ operation: unanswered(operation), from: called.event, until: null, repeats: false }];
  });
}

/**
 * All that is left of an operation about which nothing is assumed: nothing of a read, and a write may have taken effect
 * at any time, even before it was called, or never. It may have more than once where that keeps the search finite. Every
 * order of the history is an order of what is left, so that where there is none, there was none before.
 */
export function freed({ operation }: Span, model: SequentialModel<Value>): Span[] {
  if (model.isRead(operation)) return [];
  return [{ operation: unanswered(operation), from: -1, until: null, repeats: model.isRepeatable(operation) }];
}

function unanswered(operation: Operation): Operation {
  return { ...operation, answer: { kind: "none" }, returned: null };
}
