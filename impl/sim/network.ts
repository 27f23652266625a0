import type { Random } from "./random.ts";

export interface NetworkTuning {
  /** Microseconds: no message takes less than the floor, and they take this much more on average. */
  readonly delayFloor: number;
  readonly delayMean: number;
  /** Chances in a million. */
  readonly loss: number;
  readonly duplication: number;
  /** Of being held back for many times the usual delay. */
  readonly reordering: number;
  /** Links keep the order of what is not held back, as connections do. */
  readonly keepsOrder: boolean;
}

export interface NetworkCounts {
  sent: number;
  delivered: number;
  lost: number;
  blocked: number;
  duplicated: number;
  /** Delivered after one that the same server sent later on the same link. */
  reordered: number;
}

/** Links between servers. Faults block links and count: a link is open when nobody blocks it. */
export class Network {
  readonly counts: NetworkCounts = { sent: 0, delivered: 0, lost: 0, blocked: 0, duplicated: 0, reordered: 0 };
  loss: number;
  duplication: number;
  reordering: number;
  slowness = 1;
  readonly #tuning: NetworkTuning;
  readonly #random: Random;
  readonly #count: number;
  readonly #blocks: Uint16Array;
  readonly #lastDelivered: Float64Array;
  readonly #lastArrival: Float64Array;

  constructor(count: number, tuning: NetworkTuning, random: Random) {
    this.#count = count;
    this.#tuning = tuning;
    this.#random = random;
    this.#blocks = new Uint16Array(count * count);
    this.#lastDelivered = new Float64Array(count * count);
    this.#lastArrival = new Float64Array(count * count);
    this.loss = tuning.loss;
    this.duplication = tuning.duplication;
    this.reordering = tuning.reordering;
  }

  link(from: number, to: number): number {
    return from * this.#count + to;
  }

  isOpen(link: number): boolean {
    return this.#blocks[link] === 0;
  }

  block(links: readonly number[]): void {
    for (const link of links) this.#blocks[link] = (this.#blocks[link] as number) + 1;
  }

  unblock(links: readonly number[]): void {
    for (const link of links) this.#blocks[link] = (this.#blocks[link] as number) - 1;
  }

  /** All links open, and nothing lost, repeated or held back any more. */
  heal(): void {
    this.#blocks.fill(0);
    this.loss = 0;
    this.duplication = 0;
    this.reordering = 0;
    this.slowness = 1;
  }

  calm(): void {
    this.loss = this.#tuning.loss;
    this.duplication = this.#tuning.duplication;
    this.reordering = this.#tuning.reordering;
  }

  /** Microseconds until a message of a client is there; -1 where it is lost. */
  delay(): number {
    if (this.#random.chance(this.loss)) return -1;
    return this.#usualDelay();
  }

  /** The moment at which a message arrives that is sent now on this link; -1 where it is lost. */
  arrival(link: number, now: number): number {
    if (this.#random.chance(this.loss)) return -1;
    const delay = this.#usualDelay();
    if (this.#random.chance(this.reordering)) return now + delay * this.#random.between(5, 100);
    if (!this.#tuning.keepsOrder) return now + delay;
    const arrival = Math.max(now + delay, this.#lastArrival[link] as number);
    this.#lastArrival[link] = arrival;
    return arrival;
  }

  #usualDelay(): number {
    const { delayFloor, delayMean } = this.#tuning;
    return (delayFloor + this.#random.skewed(delayMean)) * this.slowness;
  }

  isDuplicated(): boolean {
    return this.#random.chance(this.duplication);
  }

  delivered(link: number, id: number): void {
    this.counts.delivered += 1;
    if (id < (this.#lastDelivered[link] as number)) this.counts.reordered += 1;
    else this.#lastDelivered[link] = id;
  }

  /** A server starts to number its messages again. */
  restarted(server: number): void {
    for (let to = 0; to < this.#count; to += 1) this.#lastDelivered[this.link(server, to)] = 0;
  }
}
