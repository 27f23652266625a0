/**
 * What is to happen, in the order of time and, at the same time, in the order in which it was asked for: a binary heap
 * of slots, whose fields lie in typed arrays, so that an event costs no object. A popped slot is read by its number and
 * is reused after the next `release`.
 */
export class EventQueue<Payload> {
  #capacity = 1024;
  #heap = new Int32Array(this.#capacity);
  #free = new Int32Array(this.#capacity);
  #freeCount = 0;
  #slotCount = 0;
  #size = 0;
  #asked = 0;
  #time = new Float64Array(this.#capacity);
  #order = new Float64Array(this.#capacity);
  #kind = new Uint8Array(this.#capacity);
  #server = new Int16Array(this.#capacity);
  #life = new Int32Array(this.#capacity);
  readonly #payload: (Payload | null)[] = [];

  get size(): number {
    return this.#size;
  }

  /** `time` in microseconds; `life` tells one life of a server from the next. */
  push(time: number, kind: number, server: number, life: number, payload: Payload | null): void {
    const slot = this.#freeCount > 0 ? (this.#free[--this.#freeCount] as number) : this.#newSlot();
    this.#time[slot] = time;
    this.#order[slot] = this.#asked++;
    this.#kind[slot] = kind;
    this.#server[slot] = server;
    this.#life[slot] = life;
    this.#payload[slot] = payload;
    this.#rise(this.#size++, slot);
  }

  /** The slot of the next event; -1 where nothing is to happen. */
  pop(): number {
    if (this.#size === 0) return -1;
    const first = this.#heap[0] as number;
    this.#size -= 1;
    if (this.#size > 0) this.#sink(this.#heap[this.#size] as number);
    return first;
  }

  release(slot: number): void {
    this.#payload[slot] = null;
    this.#free[this.#freeCount++] = slot;
  }

  timeOf(slot: number): number {
    return this.#time[slot] as number;
  }

  kindOf(slot: number): number {
    return this.#kind[slot] as number;
  }

  serverOf(slot: number): number {
    return this.#server[slot] as number;
  }

  lifeOf(slot: number): number {
    return this.#life[slot] as number;
  }

  payloadOf(slot: number): Payload | null {
    return this.#payload[slot] as Payload | null;
  }

  #newSlot(): number {
    if (this.#slotCount === this.#capacity) this.#grow();
    return this.#slotCount++;
  }

  #grow(): void {
    this.#capacity *= 2;
    this.#heap = grown(this.#heap, new Int32Array(this.#capacity));
    this.#free = grown(this.#free, new Int32Array(this.#capacity));
    this.#time = grown(this.#time, new Float64Array(this.#capacity));
    this.#order = grown(this.#order, new Float64Array(this.#capacity));
    this.#kind = grown(this.#kind, new Uint8Array(this.#capacity));
    this.#server = grown(this.#server, new Int16Array(this.#capacity));
    this.#life = grown(this.#life, new Int32Array(this.#capacity));
  }

  #rise(from: number, slot: number): void {
    const heap = this.#heap;
    let at = from;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const other = heap[above] as number;
      if (!this.#isBefore(slot, other)) break;
      heap[at] = other;
      at = above;
    }
    heap[at] = slot;
  }

  #sink(slot: number): void {
    const heap = this.#heap;
    const size = this.#size;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      if (below >= size) break;
      if (below + 1 < size && this.#isBefore(heap[below + 1] as number, heap[below] as number)) below += 1;
      const other = heap[below] as number;
      if (!this.#isBefore(other, slot)) break;
      heap[at] = other;
      at = below;
    }
    heap[at] = slot;
  }

  #isBefore(one: number, other: number): boolean {
    const difference = (this.#time[one] as number) - (this.#time[other] as number);
    return difference < 0 || (difference === 0 && (this.#order[one] as number) < (this.#order[other] as number));
  }
}

function grown<T extends { set(from: T): void }>(from: T, to: T): T {
  to.set(from);
  return to;
}
