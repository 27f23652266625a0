import type { SequentialModel } from "./model.ts";
import type { Operation, Value } from "./operation.ts";
import { type Budget, type StoppedBy, search } from "./search.ts";
import { spansUntil } from "./span.ts";
import { type Violation, violationOf } from "./violation.ts";

/** The operations of one key, in an order in which they can have taken effect. */
interface Witness {
  readonly key: string | null;
  /** Operations that returned nothing are in it only where they have to be. */
  readonly order: readonly Operation[];
}

export type Verdict =
  | { readonly kind: "linearizable"; readonly witnesses: readonly Witness[] }
  | { readonly kind: "violated"; readonly keys: readonly (string | null)[]; readonly violation: Violation }
  | { readonly kind: "unknown"; readonly key: string | null; readonly by: StoppedBy };

/**
 * Whether the operations can have taken effect one by one, each between its call and its return. A history is
 * linearizable if and only if each of its keys is (Herlihy and Wing, theorem 1), so that keys are searched one by one,
 * in the order in which they are first called. The violation explained is that of the first key that has none;
 * `keys` are all of which it is known. Unknown only where no key is known to be violated.
 */
export function checkHistory(model: SequentialModel<Value>, operations: readonly Operation[], budget: Budget): Verdict {
  const witnesses: Witness[] = [];
  const violated: { readonly key: string | null; readonly part: readonly Operation[] }[] = [];
  let unknown: Verdict | null = null;
  for (const { key, part } of partsOf(model, operations)) {
    const searched = search(model, spansUntil(Number.POSITIVE_INFINITY, part, model), budget);
    if (searched.kind === "ordered") witnesses.push({ key, order: searched.order });
    else if (searched.kind === "impossible") violated.push({ key, part });
    else unknown ??= { kind: "unknown", key, by: searched.by };
  }
  const [first] = violated;
  if (first !== undefined) {
    const violation = violationOf(model, first.key, first.part, budget);
    return { kind: "violated", keys: violated.map(({ key }) => key), violation };
  }
  return unknown ?? { kind: "linearizable", witnesses };
}

interface Part {
  readonly key: string | null;
  readonly part: Operation[];
}

function partsOf(model: SequentialModel<Value>, operations: readonly Operation[]): readonly Part[] {
  const parts: Part[] = [];
  const byKey = new Map<string | null, Part>();
  for (const operation of operations) {
    const key = model.keyOf(operation);
    const known = byKey.get(key);
    if (known !== undefined) {
      known.part.push(operation);
      continue;
    }
    const opened: Part = { key, part: [operation] };
    byKey.set(key, opened);
    parts.push(opened);
  }
  return parts;
}
