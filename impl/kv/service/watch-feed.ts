import type { KeyChange, KvListener } from "../machine/index.ts";
import { changeJson } from "./json.ts";

export interface WatchLimits {
  /** Changes that are kept for watchers to come and for slow ones. */
  readonly historyMax: number;
  /** Bytes of keys and values in them. */
  readonly historyBytesMax: number;
  readonly watchersMax: number;
}

export const defaultWatchLimits: WatchLimits = {
  historyMax: 65_536,
  historyBytesMax: 32 * 1024 * 1024,
  watchersMax: 1024,
};

interface Kept {
  readonly change: KeyChange;
  readonly size: number;
  /** The event as it goes over the wire, once for all watchers; null until one needs it. */
  text: string | null;
}

/** Where events go. */
export interface Sink {
  /** False when no more should come until `drained` is called on the watcher. */
  write(text: string): boolean;
  /** The last event: the watcher gets nothing more. */
  end(text: string): void;
}

export interface Watcher {
  readonly prefix: string;
  /** Only the key that is the prefix. */
  readonly exact: boolean;
  readonly sink: Sink;
  /** The first revision that it has not seen. */
  next: number;
  isBlocked: boolean;
}

export type Subscription =
  | { readonly kind: "watching"; readonly watcher: Watcher }
  | { readonly kind: "too-old"; readonly oldest: number }
  | { readonly kind: "too-many"; readonly watchersMax: number };

const EVENTS_PER_TURN_MAX = 256;

/**
 * The recent changes, and who watches them. A watcher is a place in this one bounded history and has no queue of its
 * own, so a thousand slow ones take no more memory than one. Who is so slow that its place is dropped is cut off with
 * an event that says so, as is everybody when an image takes the place of the history.
 */
export class WatchFeed implements KvListener {
  readonly #limits: WatchLimits;
  readonly #watchers = new Set<Watcher>();
  /** In the order of revisions; those before `#first` are dropped. */
  #kept: Kept[] = [];
  #first = 0;
  #size = 0;
  /** The history has all changes after this revision. */
  #lost = 0;
  #latest = 0;
  #isScheduled = false;

  constructor(limits: WatchLimits) {
    this.#limits = limits;
  }

  get watcherCount(): number {
    return this.#watchers.size;
  }

  changed(change: KeyChange): void {
    const size = change.key.length + (change.value?.length ?? 0);
    this.#kept.push({ change, size, text: null });
    this.#size += size;
    this.#latest = change.revision;
    while (this.#length > this.#limits.historyMax || (this.#size > this.#limits.historyBytesMax && this.#length > 1)) {
      this.#dropFirst();
    }
    if (this.#watchers.size > 0) this.#schedule();
  }

  restored(revision: number): void {
    this.#kept = [];
    this.#first = 0;
    this.#size = 0;
    this.#lost = revision;
    this.#latest = revision;
    this.#schedule();
  }

  /** Watches from revision `from` on. Nothing is written before the next turn of the event loop. */
  subscribe(prefix: string, exact: boolean, from: number, sink: Sink): Subscription {
    if (from <= this.#lost) return { kind: "too-old", oldest: this.#lost + 1 };
    const { watchersMax } = this.#limits;
    if (this.#watchers.size >= watchersMax) return { kind: "too-many", watchersMax };
    const watcher: Watcher = { prefix, exact, sink, next: from, isBlocked: false };
    this.#watchers.add(watcher);
    this.#schedule();
    return { kind: "watching", watcher };
  }

  unsubscribe(watcher: Watcher): void {
    this.#watchers.delete(watcher);
  }

  /** The watcher can take more. */
  drained(watcher: Watcher): void {
    watcher.isBlocked = false;
    this.#schedule();
  }

  /** Tells those that have seen everything how far that is, so that they can resume from there. */
  progress(revision: number): void {
    for (const watcher of this.#watchers) {
      if (watcher.isBlocked || watcher.next <= this.#latest) continue;
      watcher.next = Math.max(watcher.next, revision + 1);
      watcher.isBlocked = !watcher.sink.write(progressText(revision));
    }
  }

  /** Ends all watches. */
  close(): void {
    for (const watcher of this.#watchers) this.#cutOff(watcher, "stopping");
  }

  get #length(): number {
    return this.#kept.length - this.#first;
  }

  #dropFirst(): void {
    const dropped = this.#kept[this.#first] as Kept;
    this.#first += 1;
    this.#size -= dropped.size;
    this.#lost = dropped.change.revision;
    // Moving the rest seldom keeps each change cheap.
    if (this.#first * 2 <= this.#kept.length) return;
    this.#kept = this.#kept.slice(this.#first);
    this.#first = 0;
  }

  /** Changes of one turn go out together. */
  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setImmediate(() => {
      this.#isScheduled = false;
      for (const watcher of this.#watchers) this.#advance(watcher);
    });
  }

  #advance(watcher: Watcher): void {
    if (watcher.next <= this.#lost) {
      this.#cutOff(watcher, watcher.isBlocked ? "too-slow" : "history-lost");
      return;
    }
    if (watcher.isBlocked || watcher.next > this.#latest) return;
    let text = "";
    let count = 0;
    for (let at = this.#placeOf(watcher.next); at < this.#kept.length && count < EVENTS_PER_TURN_MAX; at += 1) {
      const kept = this.#kept[at] as Kept;
      watcher.next = kept.change.revision + 1;
      if (!isMeant(watcher, kept.change.key)) continue;
      kept.text ??= changeText(kept.change);
      text += kept.text;
      count += 1;
    }
    if (text !== "") watcher.isBlocked = !watcher.sink.write(text);
    if (!watcher.isBlocked && watcher.next <= this.#latest) this.#schedule();
  }

  /** Where the first change at or after `revision` is kept. */
  #placeOf(revision: number): number {
    let low = this.#first;
    let high = this.#kept.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#kept[middle] as Kept).change.revision < revision) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #cutOff(watcher: Watcher, code: "too-slow" | "history-lost" | "stopping"): void {
    this.#watchers.delete(watcher);
    const data = JSON.stringify({ code, next: watcher.next, oldest: this.#lost + 1 });
    watcher.sink.end(`event: cut-off\ndata: ${data}\n\n`);
  }
}

function isMeant({ prefix, exact }: Watcher, key: string): boolean {
  return exact ? key === prefix : key.startsWith(prefix);
}

function changeText(change: KeyChange): string {
  return `event: change\nid: ${change.revision}\ndata: ${changeJson(change)}\n\n`;
}

function progressText(revision: number): string {
  return `event: progress\nid: ${revision}\ndata: {"revision":${revision}}\n\n`;
}
