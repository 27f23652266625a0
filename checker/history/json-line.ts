import { eventTypes, faulty, type HistoryEvent, type LineRead } from "./line.ts";
import type { Value } from "./operation.ts";

const fields = ["process", "type", "f", "key", "value", "time", "error"];

/** A line of our own format: docs/histories.md describes it. */
export function readJsonLine(text: string): LineRead {
  const parsed = parsedObject(text);
  if (parsed === null) return faulty("the line is no JSON object", '{"process":0,"type":"invoke","f":"read"}', text);
  const { process, f, key = null, value = null, time = null, error } = parsed;
  const foreign = Object.keys(parsed).find((name) => !fields.includes(name));
  if (foreign !== undefined) return faulty("the event has a field of no meaning", fields.join(", "), foreign);
  if (typeof process !== "number" || !Number.isSafeInteger(process) || process < 0) {
    return faulty("the event names no process", 'a whole number from 0 as "process"', textOf(process));
  }
  const type = eventTypes.find((name) => name === parsed["type"]);
  if (type === undefined) return faulty("the event has no type", eventTypes.join(", "), textOf(parsed["type"]));
  if (typeof f !== "string" || f === "") {
    return faulty("the event names no operation", 'a name such as "read" as "f"', textOf(f));
  }
  if (key !== null && typeof key !== "string" && !(typeof key === "number" && Number.isSafeInteger(key))) {
    return faulty("the key is neither a string nor a whole number", '"key":"x"', textOf(key));
  }
  if (!isValue(value)) {
    return faulty(
      "the value cannot be compared exactly",
      "null, true, false, a string, a whole number up to 2^53, or a list of these",
      textOf(value),
    );
  }
  if (time !== null && (typeof time !== "number" || !Number.isFinite(time))) {
    return faulty("the time is no number", "nanoseconds since any fixed moment", textOf(time));
  }
  const event: HistoryEvent = {
    process,
    type,
    f,
    key: key === null ? null : String(key),
    value,
    time,
    isError: error !== undefined && error !== null,
  };
  return { ok: true, event };
}

function parsedObject(text: string): Readonly<Record<string, unknown>> | null {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
    return Object.fromEntries(Object.entries(parsed));
  } catch {
    return null;
  }
}

/** Iterative, because a line may nest lists as deep as it likes. */
function isValue(value: unknown): value is Value {
  const open: unknown[] = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (typeof next === "number" ? !Number.isSafeInteger(next) : typeof next === "object" && next !== null) {
      return false;
    }
  }
  return true;
}

function textOf(value: unknown): string {
  return value === undefined ? "nothing" : JSON.stringify(value);
}
