import { type ChunkId, chunksOfOwner, type NewChunk } from "./messages.ts";

/** The chunks that a thread knows, by their number; its own are made here. */
export class SharedChunks {
  readonly #owner: number;
  readonly #byId = new Map<ChunkId, Int32Array>();
  readonly #ids = new Map<Int32Array, ChunkId>();
  #made = 0;
  /** Bytes of the chunks made here. */
  bytes = 0;
  #news: NewChunk[] = [];

  constructor(owner: number) {
    this.#owner = owner;
  }

  readonly make = (words: number): Int32Array => {
    const id = this.#owner * chunksOfOwner + this.#made;
    this.#made += 1;
    this.bytes += words * 4;
    const buffer = new SharedArrayBuffer(words * 4);
    this.#news.push([id, buffer]);
    return this.#know(id, buffer);
  };

  /** Takes in chunks that others made. */
  learn(news: readonly NewChunk[]): void {
    for (const [id, buffer] of news) if (!this.#byId.has(id)) this.#know(id, buffer);
  }

  /** What was made since this was asked last. */
  takeNews(): readonly NewChunk[] {
    const news = this.#news;
    this.#news = [];
    return news;
  }

  /** Forgets all chunks, so that who reads them alone decides how long they stay. */
  forget(): void {
    this.#byId.clear();
    this.#ids.clear();
    this.#news = [];
  }

  idOf(chunk: Int32Array): ChunkId {
    const id = this.#ids.get(chunk);
    if (id === undefined) throw new Error("a chunk that nobody made");
    return id;
  }

  at(id: ChunkId): Int32Array {
    const chunk = this.#byId.get(id);
    if (chunk === undefined) throw new Error(`chunk ${id} is not known`);
    return chunk;
  }

  #know(id: ChunkId, buffer: SharedArrayBuffer): Int32Array {
    const chunk = new Int32Array(buffer);
    this.#byId.set(id, chunk);
    this.#ids.set(chunk, id);
    return chunk;
  }
}
