import { readEdnLine, readJepsenLine } from "./edn-line.ts";
import { readJsonLine } from "./json-line.ts";
import { type HistoryEvent, type LineFault, type LineRead, shortened } from "./line.ts";
import type { SequentialModel } from "./model.ts";
import { type Answer, type Moment, type Operation, sameValue, type Value, valueKey } from "./operation.ts";

/** `line` counts from 1. */
interface HistoryFault extends LineFault {
  readonly line: number;
  readonly tryThis: string;
}

export type HistoryRead =
  | { readonly ok: true; readonly operations: readonly Operation[] }
  | { readonly ok: false; readonly fault: HistoryFault };

interface Format {
  readonly name: string;
  readonly begins: RegExp;
  readonly read: (line: string) => LineRead;
}

/** The first line that is not blank decides; the order here matters to nobody, because no line begins in two ways. */
const formats: readonly Format[] = [
  { name: "JSON lines", begins: /^\{\s*["}]/, read: readJsonLine },
  { name: "EDN lines", begins: /^\{\s*:/, read: readEdnLine },
  { name: "a Jepsen log", begins: /^INFO\s+jepsen\.util\b/, read: readJepsenLine },
];

const tryThis = "See docs/histories.md, which describes the formats and shows a line of each.";

/** Reads a history of the operations that a model knows, in one of three formats, told apart by the first line. */
export function readHistory(text: string, model: SequentialModel<Value>): HistoryRead {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() !== "");
  const format = formats.find(({ begins }) => begins.test((lines[start] ?? "").trim()));
  if (format === undefined) {
    const found = start === -1 ? "an empty file" : shortened((lines[start] ?? "").trim());
    const expected = 'a line that begins with {" (JSON), {: (EDN) or INFO jepsen.util (a Jepsen log)';
    return {
      ok: false,
      fault: { line: Math.max(start, 0) + 1, what: "the file is no history", expected, found, tryThis },
    };
  }
  const calls = new PairedCalls();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read = format.read(line.trim());
    const fault = read.ok ? (read.event === null ? null : calls.take(read.event, index + 1)) : read.fault;
    if (fault !== null) return { ok: false, fault: { ...fault, line: index + 1, tryThis } };
  }
  const operations = calls.operations();
  for (const operation of operations) {
    const refusal = model.refusal(operation);
    if (refusal !== null) {
      const line = operation.called.line;
      return { ok: false, fault: { ...refusal, line, tryThis: "Give --model the model that the history is of." } };
    }
  }
  return { ok: true, operations };
}

interface Call {
  readonly event: HistoryEvent;
  readonly called: Moment;
  answer: Answer;
  returned: Moment | null;
  isDropped: boolean;
}

/** Puts calls and returns together, as the events of a history come in. */
class PairedCalls {
  readonly #calls: Call[] = [];
  readonly #open = new Map<number, Call>();
  #count = 0;

  take(event: HistoryEvent, line: number): LineFault | null {
    const moment: Moment = { event: this.#count, line, time: event.time };
    this.#count += 1;
    const call = this.#open.get(event.process);
    if (event.type === "invoke") {
      if (call !== undefined) {
        const what = `process ${event.process} calls while its call of line ${call.called.line} is open`;
        return { what, expected: "the return of that call", found: nameOf(event) };
      }
      const opened: Call = { event, called: moment, answer: { kind: "none" }, returned: null, isDropped: false };
      this.#open.set(event.process, opened);
      this.#calls.push(opened);
      return null;
    }
    if (call === undefined) {
      const what = `process ${event.process} returns from no call`;
      return { what, expected: "an invoke before it", found: nameOf(event) };
    }
    this.#open.delete(event.process);
    return completed(call, event, moment);
  }

  operations(): readonly Operation[] {
    return this.#calls
      .filter(({ isDropped }) => !isDropped)
      .map(({ event, called, answer, returned }, id) => {
        const { process, f, key } = event;
        const input = isReadName(f) || f === "delete" ? null : event.value;
        return { id, process, f, key, input, answer, called, returned };
      });
  }
}

/** Takes in how a call ended. A `fail` did not happen; that of a `cas` without an error says that it found another value. */
function completed(call: Call, event: HistoryEvent, moment: Moment): LineFault | null {
  const { f, key, value } = call.event;
  const isSame = event.f === f && (event.key === key || event.key === null);
  if (!isSame) {
    const what = `process ${event.process} returns from another call than that of line ${call.called.line}`;
    return { what, expected: nameOf({ ...call.event, type: event.type }), found: nameOf(event) };
  }
  if (event.type === "info") return null;
  if (event.type === "fail") {
    call.isDropped = f !== "cas" || event.isError;
    if (!call.isDropped) call.answer = { kind: "unequal" };
  } else {
    if (!isReadName(f) && event.value !== null && !sameValue(event.value, value)) {
      const what = `the return repeats another value than the call of line ${call.called.line}`;
      return { what, expected: valueKey(value), found: valueKey(event.value) };
    }
    call.answer = { kind: "ok", value: isReadName(f) ? event.value : value };
  }
  call.returned = call.isDropped ? null : moment;
  return null;
}

function isReadName(f: string): boolean {
  return f === "read" || f === "get";
}

function nameOf({ type, f, key }: HistoryEvent): string {
  return [type, f, ...(key === null ? [] : [key])].join(" ");
}
