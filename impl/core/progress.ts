/**
 * What a leader knows of one follower.
 *
 * `probe`: it is not known where the logs part; one request at a time, until one is accepted. `replicate`: requests are
 * sent ahead of their answers, within a window. `snapshot`: what the follower needs first is compacted away.
 */
export interface Progress {
  state: "probe" | "replicate" | "snapshot";
  /** The follower's log is the leader's up to here. It only grows. */
  match: number;
  /** What to send next. */
  next: number;
  /** A probe waits for its answer. */
  isPaused: boolean;
  readonly window: Window;
  /** When it was heard from in this term, in ticks. */
  heardAt: number;
  /** The last round of heartbeats that it answered, and when that round began. */
  round: number;
  roundStart: number;
  /** Where `match` was at the last heartbeat's answer: if requests are under way and it stands still, they were lost. */
  matchAtHeartbeat: number;
  /** The snapshot on its way. */
  transfer: SnapshotTransfer | null;
}

export interface SnapshotTransfer {
  readonly index: number;
  /** The byte to send next. */
  offset: number;
  /** `due`: to be read. `reading`: asked for. `sent`: waits for the follower. */
  state: "due" | "reading" | "sent";
  since: number;
}

export function newProgress(next: number, now: number): Progress {
  return {
    state: "probe",
    match: 0,
    next,
    isPaused: false,
    window: new Window(),
    heardAt: now,
    round: 0,
    roundStart: 0,
    matchAtHeartbeat: -1,
    transfer: null,
  };
}

/** Looks for the place where the logs part, from `next` downwards. */
export function probeFrom(progress: Progress, next: number): void {
  progress.state = "probe";
  progress.next = next;
  progress.isPaused = false;
  progress.transfer = null;
  progress.window.clear();
}

/** Requests that were sent and not answered: what one follower may cost in memory on both sides. */
class Window {
  /** Last index and bytes of each, oldest first. */
  readonly #sent: { readonly lastIndex: number; readonly count: number; readonly bytes: number }[] = [];
  entries = 0;
  bytes = 0;

  get isEmpty(): boolean {
    return this.#sent.length === 0;
  }

  sent(lastIndex: number, count: number, bytes: number): void {
    this.#sent.push({ lastIndex, count, bytes });
    this.entries += count;
    this.bytes += bytes;
  }

  acceptedTo(index: number): void {
    let done = 0;
    for (const request of this.#sent) {
      if (request.lastIndex > index) break;
      this.entries -= request.count;
      this.bytes -= request.bytes;
      done += 1;
    }
    if (done > 0) this.#sent.splice(0, done);
  }

  clear(): void {
    this.#sent.length = 0;
    this.entries = 0;
    this.bytes = 0;
  }
}
