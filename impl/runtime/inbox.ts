import { entrySize } from "../core/entry.ts";
import type { Event, Proposal } from "../core/event.ts";
import type { Message } from "../core/message.ts";
import type { Limits } from "./options.ts";

/** Ticks come from the clock, and what the disk answers is never put off: neither goes through here. */
export type QueuedEvent = Extract<Event, { kind: "message" | "read" | "change" | "transfer" | "campaign" }>;

/** What a message takes besides the data in it, as far as limits are concerned. */
const MESSAGE_OVERHEAD = 128;

/** What has arrived and was not looked at yet. It is bounded: what finds no room is refused by whoever puts it in. */
export class Inbox {
  readonly #limits: Limits;
  #events: QueuedEvent[] = [];
  #messageBytes = 0;
  #proposals: Proposal[] = [];
  #proposalBytes = 0;

  constructor(limits: Limits) {
    this.#limits = limits;
  }

  get events(): number {
    return this.#events.length;
  }

  get proposals(): number {
    return this.#proposals.length;
  }

  get proposalBytes(): number {
    return this.#proposalBytes;
  }

  get isEmpty(): boolean {
    return this.#events.length === 0 && this.#proposals.length === 0;
  }

  /** Whether a message still has room. Where all is empty, one of any size has. */
  hasRoomFor(message: Message): boolean {
    if (this.#events.length === 0) return true;
    return (
      this.#events.length < this.#limits.messagesMax &&
      this.#messageBytes + messageSize(message) <= this.#limits.messageBytesMax
    );
  }

  hasRoomForProposal(data: Uint8Array): boolean {
    return this.#proposals.length === 0 || this.#proposalBytes + data.length <= this.#limits.proposalBytesMax;
  }

  add(event: QueuedEvent): void {
    if (event.kind === "message") this.#messageBytes += messageSize(event.message);
    this.#events.push(event);
  }

  addProposal(proposal: Proposal): void {
    this.#proposals.push(proposal);
    this.#proposalBytes += proposal.data.length;
  }

  takeEvents(): readonly QueuedEvent[] {
    const taken = this.#events;
    this.#events = [];
    this.#messageBytes = 0;
    return taken;
  }

  takeProposals(): readonly Proposal[] {
    const taken = this.#proposals;
    this.#proposals = [];
    this.#proposalBytes = 0;
    return taken;
  }
}

function messageSize(message: Message): number {
  if (message.kind === "snapshot-chunk") return MESSAGE_OVERHEAD + message.data.length;
  if (message.kind !== "append-request") return MESSAGE_OVERHEAD;
  let size = MESSAGE_OVERHEAD;
  for (const entry of message.entries) size += entrySize(entry);
  return size;
}
