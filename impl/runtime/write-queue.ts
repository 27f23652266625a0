import type { Write } from "../core/effects.ts";
import type { BoundMessage } from "../core/message.ts";
import type { Storage } from "../storage/interface.ts";

interface WriteQueueOptions {
  readonly storage: Storage;
  readonly now: () => number;
  /** Everything up to write `number` is durable; `messages` are those that waited for it, in their order. */
  readonly onDurable: (number: number, messages: readonly BoundMessage[]) => void;
  readonly onFailed: (error: unknown) => void;
  readonly onWritten: (time: number) => void;
}

interface UnderWay {
  readonly number: number;
  readonly messages: readonly BoundMessage[];
  readonly since: number;
}

/** Writes that were handed to the storage and are not durable. What becomes durable together is told together. */
export class WriteQueue {
  readonly #options: WriteQueueOptions;
  readonly #underWay: UnderWay[] = [];
  #durable = 0;
  #told = 0;
  #messages: BoundMessage[] = [];
  #isFailed = false;

  constructor(options: WriteQueueOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#underWay.length;
  }

  add(write: Write): void {
    this.#underWay.push({ number: write.number, messages: write.sendsAfter, since: this.#options.now() });
    this.#options.storage.write(write).then(
      () => this.#done(write.number),
      (error: unknown) => this.#fail(error),
    );
  }

  #done(number: number): void {
    if (this.#isFailed || number <= this.#durable) return;
    const now = this.#options.now();
    let first = this.#underWay[0];
    while (first !== undefined && first.number <= number) {
      this.#underWay.shift();
      for (const message of first.messages) this.#messages.push(message);
      this.#options.onWritten(now - first.since);
      first = this.#underWay[0];
    }
    // Writes that shared a sync resolve one after the other before this microtask runs.
    if (this.#told === this.#durable) queueMicrotask(() => this.#tell());
    this.#durable = number;
  }

  #tell(): void {
    const messages = this.#messages;
    this.#messages = [];
    this.#told = this.#durable;
    this.#options.onDurable(this.#durable, messages);
  }

  #fail(error: unknown): void {
    if (this.#isFailed) return;
    this.#isFailed = true;
    this.#options.onFailed(error);
  }
}
