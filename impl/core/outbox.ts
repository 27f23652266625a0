import { handOver } from "./application.ts";
import { takeWrite } from "./durability.ts";
import type { Answer, ChunkRead, ChunkWrite, Committed, Effects, Refusal } from "./effects.ts";
import type { Entry, NodeId, SnapshotMeta } from "./entry.ts";
import type { BoundMessage, FreeMessage } from "./message.ts";
import type { Node } from "./state.ts";

/** What a step has asked for so far. `node.ts` makes `Effects` of it. */
export class Outbox {
  readonly sends: FreeMessage[] = [];
  /** They go out when all that this step writes is durable, and all that was under way before. */
  readonly bound: BoundMessage[] = [];
  readonly entries: Entry[] = [];
  truncateFrom = 0;
  hardStateChanged = false;
  chunk: ChunkWrite | null = null;
  restore: SnapshotMeta | null = null;
  readonly apply: Committed[] = [];
  readonly answers: Answer[] = [];
  readonly chunkReads: ChunkRead[] = [];
  releasedIndex = 0;

  get writes(): boolean {
    return (
      this.hardStateChanged ||
      this.entries.length > 0 ||
      this.bound.length > 0 ||
      this.truncateFrom > 0 ||
      this.chunk !== null
    );
  }
}

type Addressed = "id" | "from" | "to" | "term" | "clock";
/** A union keeps its members apart when fields are taken away from each. */
type Body<M> = M extends FreeMessage | BoundMessage ? Omit<M, Addressed> : never;

/** Sends a message that promises nothing. */
export function send(node: Node, to: NodeId, body: Body<FreeMessage>, term = node.term): void {
  node.messageCount += 1;
  node.out.sends.push({ ...body, id: node.messageCount, from: node.id, to, term, clock: 0 });
}

/** Sends a message as soon as everything is durable that this server has asked to be written. */
export function sendWhenDurable(node: Node, to: NodeId, body: Body<BoundMessage>): void {
  node.messageCount += 1;
  node.out.bound.push({ ...body, id: node.messageCount, from: node.id, to, term: node.term, clock: 0 });
}

export function refuse(node: Node, id: number, refusal: Refusal): void {
  node.out.answers.push({ kind: "refused", id, refusal });
}

/** What the step has asked for. Committed entries are handed over last, when it is known what is durable. */
export function effectsOf(node: Node): Effects {
  const { out } = node;
  const write = takeWrite(node);
  handOver(node);
  const { sends, restore, apply, answers, chunkReads, releasedIndex } = out;
  return { sends, write, restore, apply, answers, chunkReads, releasedIndex };
}
