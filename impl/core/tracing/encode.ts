import type { Configuration } from "../configuration.ts";
import { type DurableState, type TracedState, type TraceEvent, tracedConfiguration } from "./event.ts";

/** One line of a trace, without the line's end. Equal events give equal bytes. */
export function encodeTraceEvent(event: TraceEvent): string {
  const stamp = `{"event":"${event.event}","node":${quoted(event.node)},"incarnation":${event.incarnation},"clock":${event.clock}`;
  switch (event.event) {
    case "Crash":
      return `${stamp}}`;
    case "EventsLost":
      return `${stamp},"count":${event.count}}`;
    case "DropMessage":
    case "DuplicateMessage":
      return `${stamp},"message":${JSON.stringify(event.message)}}`;
    case "ReceiveMessage":
    case "SendMessage":
      return `${stamp},"message":${JSON.stringify(event.message)},"state":${state(event.state)}}`;
    case "StartWrite":
      return `${stamp},"write":${JSON.stringify(event.write)},"state":${state(event.state)}}`;
    case "ApplyEntries":
      return `${stamp},"index":${event.index},"state":${state(event.state)}}`;
    default:
      return event.cause === null
        ? `${stamp},"cause":null,"state":${state(event.state)}}`
        : `${stamp},"cause":${JSON.stringify(event.cause)},"state":${state(event.state)}}`;
  }
}

/** By hand, because it is in nearly every line: `JSON.stringify` of the same takes about three times as long. */
function state(of: TracedState): string {
  return `{"term":${of.term},"vote":${vote(of.vote)},"role":"${of.role}","commit":${of.commit},"applied":${of.applied},"lastIndex":${of.lastIndex},"lastTerm":${of.lastTerm},"snapshotIndex":${of.snapshotIndex},"snapshotTerm":${of.snapshotTerm},"configuration":${configuration(of.configuration)},"durable":${durable(of.durable)}}`;
}

function durable(of: DurableState): string {
  return `{"write":${of.write},"term":${of.term},"vote":${vote(of.vote)},"lastIndex":${of.lastIndex},"lastTerm":${of.lastTerm}}`;
}

function vote(id: string | null): string {
  return id === null ? "null" : quoted(id);
}

/** Configurations never change and are few, so each is put into text once. */
const configurationTexts = new WeakMap<Configuration, string>();

function configuration(of: Configuration): string {
  let text = configurationTexts.get(of);
  if (text === undefined) {
    text = JSON.stringify(tracedConfiguration(of));
    configurationTexts.set(of, text);
  }
  return text;
}

const PLAIN = /^[A-Za-z0-9._:-]*$/;

function quoted(id: string): string {
  return PLAIN.test(id) ? `"${id}"` : JSON.stringify(id);
}
