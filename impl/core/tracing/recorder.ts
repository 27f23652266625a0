import { noConfiguration } from "../configuration.ts";
import type { Write } from "../effects.ts";
import type { NodeId } from "../entry.ts";
import type { Message } from "../message.ts";
import type { Observer, Rule } from "../observer.ts";
import type { Node } from "../state.ts";
import {
  type DurableState,
  entryRuns,
  type MessageName,
  type Stamp,
  type TracedState,
  type TracedWrite,
  type TraceEvent,
  tracedConfiguration,
  tracedMessage,
  tracedSnapshot,
} from "./event.ts";

/** Where events go. It keeps an event or counts it as lost, and never makes the server wait. */
export interface TraceSink {
  /** Whether `write` would find no room. */
  readonly isFull: boolean;
  write(event: TraceEvent): void;
  /** An event of this server was not made, because the sink was full. */
  lose(stamp: Stamp): void;
}

interface RecorderOptions {
  readonly id: NodeId;
  readonly incarnation: number;
  /** Where the Lamport clock begins. Above all that the former lives of the server came to, so that it only grows. */
  readonly clock: number;
  readonly sink: TraceSink;
}

/**
 * Writes down the life of one server. The core tells it of its rules; whoever carries out the effects tells it of the
 * messages that come and leave, of writes and of what is applied.
 */
export class TraceRecorder implements Observer {
  readonly #id: NodeId;
  readonly #incarnation: number;
  readonly #sink: TraceSink;
  /** What each write under way leaves on the disk when it is durable, oldest first. */
  readonly #asked: DurableState[] = [];
  #durable: DurableState | null = null;
  /** Configurations are few and never change, so each is put into its traced form once. */
  #latest = noConfiguration;
  #configuration = tracedConfiguration(noConfiguration);
  #clock: number;

  constructor(options: RecorderOptions) {
    this.#id = options.id;
    this.#incarnation = options.incarnation;
    this.#clock = options.clock;
    this.#sink = options.sink;
  }

  /** Of the last event. A next life of the server begins above it. */
  get clock(): number {
    return this.#clock;
  }

  followed(rule: Rule, node: Node, cause: Message | null): void {
    // Even if the sink has no room for the first event: only now is everything that the server knows durable.
    if (this.#durable === null) this.#durableOf(node);
    this.#record(0, (stamp) => ({
      ...stamp,
      event: rule,
      cause: cause === null ? null : messageName(cause),
      state: this.#stateOf(node, this.#durableOf(node)),
    }));
  }

  /** To be called before the step that handles the message. */
  received(message: Message): void {
    this.#record(message.clock, (stamp) => ({
      ...stamp,
      event: "ReceiveMessage",
      message: tracedMessage(message),
    }));
  }

  /** To be called when the message leaves, which for a bound one is when its write is durable. Send what it returns. */
  sending(message: Message): Message {
    // What `#record` is about to stamp, whether there is room for the event or not.
    const stamped = { ...message, clock: this.#clock + 1 };
    this.#record(0, (stamp) => ({
      ...stamp,
      event: "SendMessage",
      message: tracedMessage(stamped),
    }));
    return stamped;
  }

  /** To be called with every write that a step asks for, before the next step. */
  writing(node: Node, write: Write): void {
    const before = this.#durableOf(node);
    this.#asked.push(afterWrite(this.#asked[this.#asked.length - 1] ?? before, node, write));
    this.#record(0, (stamp) => ({
      ...stamp,
      event: "StartWrite",
      write: tracedWrite(write),
    }));
  }

  /** The state machine has taken everything up to `index`. */
  applied(index: number): void {
    this.#record(0, (stamp) => ({ ...stamp, event: "ApplyEntries", index }));
  }

  /** The network lost or doubled a message of this server. */
  disturbed(event: "DropMessage" | "DuplicateMessage", message: Message): void {
    this.#record(0, (stamp) => ({ ...stamp, event, message: messageName(message) }));
  }

  /** The server lost everything that was not durable. */
  crashed(): void {
    this.#record(0, (stamp) => ({ ...stamp, event: "Crash" }));
  }

  #record(seen: number, make: (stamp: Stamp) => TraceEvent): void {
    this.#clock = Math.max(this.#clock, seen) + 1;
    const stamp = { node: this.#id, incarnation: this.#incarnation, clock: this.#clock };
    if (this.#sink.isFull) {
      this.#sink.lose(stamp);
    } else {
      this.#sink.write(make(stamp));
    }
  }

  #stateOf(node: Node, durable: DurableState): TracedState {
    const { latest } = node.configurations;
    if (latest !== this.#latest) {
      this.#latest = latest;
      this.#configuration = tracedConfiguration(latest);
    }
    return {
      term: node.term,
      vote: node.votedFor,
      role: node.role.kind,
      commit: node.commit,
      lastIndex: node.log.lastIndex,
      lastTerm: node.log.lastTerm,
      snapshotIndex: node.snapshot.index,
      snapshotTerm: node.snapshot.term,
      configuration: this.#configuration,
      durable,
    };
  }

  /** At the first event, the start, a server knows nothing but what is durable. */
  #durableOf(node: Node): DurableState {
    if (this.#durable === null) {
      const { term, votedFor: vote, log } = node;
      this.#durable = { write: 0, term, vote, lastIndex: log.lastIndex, lastTerm: log.lastTerm };
    }
    const { underWay, asked } = node.durability;
    const number = underWay[0] === undefined ? asked : underWay[0].number - 1;
    let done = this.#asked[0];
    while (done !== undefined && done.write <= number) {
      this.#durable = done;
      this.#asked.shift();
      done = this.#asked[0];
    }
    return this.#durable;
  }
}

function messageName({ from, id, clock }: Message): MessageName {
  return { from, id, clock };
}

function tracedWrite({ number, hardState, truncateFrom, entries, chunk }: Write): TracedWrite {
  return {
    number,
    hardState: hardState === null ? null : { term: hardState.term, vote: hardState.votedFor },
    truncateFrom,
    entries: entryRuns(entries),
    chunk:
      chunk === null ? null : { snapshot: tracedSnapshot(chunk.snapshot), offset: chunk.offset, isLast: chunk.isLast },
  };
}

/** What is durable after `write`, if `before` is after all the writes that came earlier. */
function afterWrite(before: DurableState, node: Node, write: Write): DurableState {
  const { term, vote } =
    write.hardState === null ? before : { term: write.hardState.term, vote: write.hardState.votedFor };
  return { write: write.number, term, vote, ...lastAfterWrite(before, node, write) };
}

function lastAfterWrite(
  before: DurableState,
  node: Node,
  { chunk, entries, truncateFrom }: Write,
): { lastIndex: number; lastTerm: number } {
  // A whole snapshot takes the place of the log, and comes last in its write.
  if (chunk?.isLast) return { lastIndex: chunk.snapshot.index, lastTerm: chunk.snapshot.term };
  const last = entries[entries.length - 1];
  if (last !== undefined) return { lastIndex: last.index, lastTerm: last.term };
  if (truncateFrom > 0) return { lastIndex: node.log.lastIndex, lastTerm: node.log.lastTerm };
  return { lastIndex: before.lastIndex, lastTerm: before.lastTerm };
}
