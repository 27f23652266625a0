import { type Operation, operationText } from "./operation.ts";
import type { Violation } from "./violation.ts";

/** What a violation looks like: a sentence, the operations as bars over time by process, and what was left out. */
export function violationLines({ key, operations, culprit, freedCount, isMinimal }: Violation): readonly string[] {
  const of = key === null ? "" : ` of key ${key}`;
  const noun = operations.length === 1 ? "operation" : "operations";
  const left =
    freedCount === 0
      ? []
      : [
          `${freedCount} other operations${of} are left out: these have no order even if each other write that was called by then took effect at any time`,
        ];
  return [
    `${operations.length} ${noun}${of} cannot be ordered`,
    "",
    ...timeline(operations).map((line) => `  ${line}`),
    "",
    sentence(culprit, operations),
    ...left,
    isMinimal
      ? "each of them is needed: without any one, the rest can be ordered"
      : "a limit ended the search for fewer: some of them may not be needed",
  ];
}

/** Why the culprit has no place, in terms of those that it must follow and those that it overlaps. */
function sentence(culprit: Operation, operations: readonly Operation[]): string {
  const others = operations.filter(({ id }) => id !== culprit.id);
  const before = others.filter(({ returned }) => returned !== null && returned.event < culprit.called.event);
  const beside = others.filter((operation) => !before.includes(operation));
  const said = `${named(culprit)} cannot be placed`;
  if (others.length === 0) return `${said}: no other operation explains its answer`;
  const after = before.length === 0 ? [] : [`after ${listed(before)}`];
  const among = beside.length === 0 ? [] : [`beside ${listed(beside)}, which it overlaps`];
  return `${said} ${[...after, ...among].join(", ")}`;
}

function named(operation: Operation): string {
  return `"${operationText(operation)}" (process ${operation.process}, line ${operation.called.line})`;
}

/** More names than this make no sentence; the timeline has them all. */
const namesMax = 4;

function listed(operations: readonly Operation[]): string {
  const names = operations.slice(-namesMax).map(named);
  const more = operations.length - names.length;
  return [...(more === 0 ? [] : [`${more} more`]), ...names].join(", ");
}

const barWidthMax = 60;

/** A row for each operation, by process and call. The bars tell the order of events, not their distance in time. */
function timeline(operations: readonly Operation[]): readonly string[] {
  const events = operations
    .flatMap(({ called, returned }) => [called.event, ...(returned === null ? [] : [returned.event])])
    .sort((one, other) => one - other);
  const columns = new Map(events.map((event, rank) => [event, rank]));
  const scale = Math.min(3, barWidthMax / events.length);
  const width = Math.ceil(events.length * scale) + 1;
  const origin = operations.reduce(
    (least, { called }) => Math.min(least, called.time ?? least),
    Number.POSITIVE_INFINITY,
  );
  const rows = [...operations].sort((one, other) => one.process - other.process || one.id - other.id);
  const heads = rows.map(({ process }) => `process ${process}`);
  const texts = rows.map(operationText);
  const headWidth = longest(heads);
  const textWidth = longest(texts);
  return rows.map((operation, row) => {
    const { called, returned } = operation;
    const start = Math.floor((columns.get(called.event) ?? 0) * scale);
    const end = returned === null ? width : Math.floor((columns.get(returned.event) ?? 0) * scale);
    const bar = `${" ".repeat(start)}[${"=".repeat(Math.max(0, end - start - 1))}${returned === null ? "…" : "]"}`;
    const head = (heads[row] ?? "").padEnd(headWidth);
    return `${head}  ${bar.padEnd(width + 1)}  ${(texts[row] ?? "").padEnd(textWidth)}  ${when(operation, origin)}`;
  });
}

function longest(texts: readonly string[]): number {
  return texts.reduce((most, { length }) => Math.max(most, length), 0);
}

/** Lines of the file, and milliseconds since the first of the calls where the history has times. */
function when({ called, returned }: Operation, origin: number): string {
  const lines = returned === null ? `line ${called.line}` : `lines ${called.line}-${returned.line}`;
  if (called.time === null) return lines;
  const from = milliseconds(called.time - origin);
  const until = returned === null ? "" : returned.time === null ? "?" : milliseconds(returned.time - origin);
  return `${lines}, ${from} to ${until === "" ? "…" : until} ms`;
}

function milliseconds(nanoseconds: number): string {
  return (nanoseconds / 1e6).toFixed(3);
}
