import type { SequentialModel } from "./model.ts";
import type { Operation, Value } from "./operation.ts";
import { type Budget, search } from "./search.ts";
import { freed, type Span, spansUntil } from "./span.ts";

/** Operations that cannot be ordered, and no more than are needed to see it. */
export interface Violation {
  readonly key: string | null;
  /** The operations, by call. One whose return is null had not returned yet, or never did. */
  readonly operations: readonly Operation[];
  /** The one that could not be placed: until it returned, there was an order. It is one of the operations. */
  readonly culprit: Operation;
  /**
   * The other operations of the key. Of those called before the culprit returned, nothing is assumed but that the writes
   * may have taken effect; later ones cannot have mattered to it.
   */
  readonly freedCount: number;
  /**
   * Whether each operation was shown to be needed. False where time or memory ended before: the operations cannot be
   * ordered all the same.
   */
  readonly isMinimal: boolean;
}

/**
 * Explains why a part has no order. Two steps, each of which only forgets, so that what is left cannot be ordered
 * either: the shortest beginning without an order, whose last return is the culprit's; then operations are freed, many
 * at a time and then one by one, as long as there is no order.
 *
 * Writes are freed and not removed. A read of 3 cannot be ordered once the write of 3 is removed, but that says nothing
 * about the history it came from.
 *
 * The set is minimal under removal, not the smallest: no operation can be freed, but another set may have fewer. One
 * pass is enough, because what had an order still has one when more is freed.
 */
export function violationOf(
  model: SequentialModel<Value>,
  key: string | null,
  part: readonly Operation[],
  budget: Budget,
): Violation {
  const within = patient(budget);
  const { culprit, end, isShortest } = shortestBeginning(model, part, within);
  const spans = spansUntil(end, part, model);
  const { kept, isMinimal } = minimised(model, spans, culprit, within);
  const operations = kept.map(({ operation }) => operation);
  return { key, operations, culprit, freedCount: part.length - operations.length, isMinimal: isMinimal && isShortest };
}

/** Configurations that one question asked for the explanation alone may cost. */
const configurationsPerQuestion = 100_000;

/** Looks at the clock that all of them may cost, a thousand steps apart: some seconds. */
const looksMax = 20_000;

/** The verdict is known by now, so that the user waits for an explanation only, and not for long. */
function patient({ isOver, configurationCountMax }: Budget): Budget {
  let looks = 0;
  return {
    isOver: () => {
      looks += 1;
      return looks > looksMax || isOver();
    },
    configurationCountMax: Math.min(configurationCountMax, configurationsPerQuestion),
  };
}

/** Whether no order keeps to these operations, the others of the part being freed. Null where the budget ended. */
export function isImpossible(
  model: SequentialModel<Value>,
  spans: readonly Span[],
  isKept: (operation: Operation) => boolean,
  budget: Budget,
): boolean | null {
  const left = spans.flatMap((span) => (isKept(span.operation) ? [span] : freed(span, model)));
  const { kind } = search(model, left, budget);
  return kind === "stopped" ? null : kind === "impossible";
}

/** By bisection: a beginning has an order if a longer one has. What is not decided in time is taken to have one. */
function shortestBeginning(model: SequentialModel<Value>, part: readonly Operation[], budget: Budget) {
  const returned = part
    .filter(({ returned }) => returned !== null)
    .sort((one, other) => (one.returned?.event ?? 0) - (other.returned?.event ?? 0));
  let low = 0;
  let high = returned.length - 1;
  let isShortest = true;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = returned[middle]?.returned?.event ?? 0;
    const { kind } = search(model, spansUntil(end, part, model), budget);
    if (kind === "impossible") high = middle;
    else low = middle + 1;
    if (kind === "stopped") isShortest = false;
  }
  const culprit = returned[high];
  if (culprit === undefined) throw new Error("a part in which nothing returned was said to have no order");
  return { culprit, end: culprit.returned?.event ?? 0, isShortest };
}

function minimised(model: SequentialModel<Value>, spans: readonly Span[], culprit: Operation, budget: Budget) {
  let kept = spans;
  let isMinimal = true;
  for (let size = Math.max(1, spans.length >> 1); size >= 1; size >>= 1) {
    for (let start = 0; start < kept.length; ) {
      const chunk = new Set(kept.slice(start, start + size).map(({ operation }) => operation.id));
      const rest = kept.filter(({ operation }) => !chunk.has(operation.id) || operation.id === culprit.id);
      const ids = new Set(rest.map(({ operation }) => operation.id));
      const impossible =
        rest.length < kept.length ? isImpossible(model, spans, ({ id }) => ids.has(id), budget) : false;
      if (impossible === true) kept = rest;
      else start += size;
      if (impossible === null && budget.isOver()) return { kept, isMinimal: false };
      if (impossible === null && size === 1) isMinimal = false;
    }
  }
  return { kept, isMinimal };
}
