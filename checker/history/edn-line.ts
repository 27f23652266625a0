import { type Edn, readEdn } from "./edn.ts";
import { type EventType, eventTypes, faulty, type LineRead, shortened } from "./line.ts";
import type { Value } from "./operation.ts";

/** A line of a history of operations as Jepsen stores it, one map a line. Fields that we do not know say nothing. */
export function readEdnLine(text: string): LineRead {
  const read = readEdn(text);
  if (!read.ok) {
    const { column, expected, found } = read;
    return { ok: false, fault: { what: "the line is no EDN map", expected, found: shortened(found), column } };
  }
  if (read.edn.kind !== "map") return faulty("the line is no EDN map", "{:process 0, :type :invoke, …}", text);
  const { entries } = read.edn;
  const process = entries.get(":process");
  if (process?.kind === "keyword" && process.name === ":nemesis") return { ok: true, event: null };
  if (process?.kind !== "value" || !isCount(process.value)) {
    return faulty("the event names no process", ":process and a whole number from 0", text);
  }
  const type = typeOf(entries.get(":type"));
  if (type === null) return faulty("the event has no type", ":type and one of :invoke, :ok, :fail, :info", text);
  const f = entries.get(":f");
  if (f?.kind !== "keyword") return faulty("the event names no operation", ":f and a keyword such as :read", text);
  const value = plainValue(entries.get(":value"));
  if (value === undefined) return faulty("the value is no plain value", "nil, a number, a string or a vector", text);
  const key = plainValue(entries.get(":key"));
  if (key !== null && typeof key !== "string" && !isCount(key)) {
    return faulty("the key is neither a string nor a whole number", ':key "x"', text);
  }
  const time = plainValue(entries.get(":time"));
  return {
    ok: true,
    event: {
      process: process.value,
      type,
      f: f.name.slice(1),
      key: key === null ? null : String(key),
      value: value === timedOut ? null : value,
      time: typeof time === "number" ? time : null,
      isError: entries.has(":error") || value === timedOut,
    },
  };
}

const spaced = /^INFO\s+jepsen\.util\s+-\s+(\S+)\s+(:\S+)\s+(:\S+)(?:\s+(.*\S))?\s*$/;

const exampleOfLog = "INFO jepsen.util - 0 :invoke :read nil";

/** A line that Jepsen logs: process, type, operation, value, with blanks between. */
export function readJepsenLine(text: string): LineRead {
  const [, process = "", typeName = "", f = "", rest = ""] = spaced.exec(text) ?? [];
  if (process === ":nemesis") return { ok: true, event: null };
  const type = eventTypes.find((name) => `:${name}` === typeName);
  if (!/^\d+$/.test(process) || !isCount(Number(process))) {
    return faulty("the line is no event of a Jepsen log", exampleOfLog, text);
  }
  if (type === undefined) return faulty("the event has no type", ":invoke, :ok, :fail or :info", typeName);
  const read = readEdn(rest);
  const value = read.ok ? plainValue(read.edn) : undefined;
  if (value === undefined) return faulty("the event has no value", "nil, a number, [from to] or :timed-out", rest);
  const isError = value === timedOut;
  return {
    ok: true,
    event: {
      process: Number(process),
      type,
      f: f.slice(1),
      key: null,
      value: isError ? null : value,
      time: null,
      isError,
    },
  };
}

const timedOut = ":timed-out";

function isCount(value: Value | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function typeOf(edn: Edn | undefined): EventType | null {
  if (edn?.kind !== "keyword") return null;
  return eventTypes.find((name) => `:${name}` === edn.name) ?? null;
}

/** A keyword is a value that is its own name; what is not there is null. */
function plainValue(edn: Edn | undefined): Value | undefined {
  if (edn === undefined) return null;
  if (edn.kind === "map") return undefined;
  return edn.kind === "keyword" ? edn.name : edn.value;
}
