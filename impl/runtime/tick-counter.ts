/**
 * Turns real time into ticks.
 *
 * What safety needs: reads by lease compare what a leader counts with what its followers count. A leader must never
 * have counted fewer ticks than have passed, or its lease outlives what the followers promised; a follower must never
 * count more, or it breaks its promise early. So all ticks that are due are fed before every event, at a leader all of
 * them, up to the number after which no lease can be left; elsewhere only a few, and the rest is forgotten for good.
 * Ticks that are forgotten make a follower patient: after a pause of the process it looks at the heartbeats that
 * arrived meanwhile before it takes the leader for dead.
 *
 * The n-th tick is due n times `tickMs` after the start, so a count is never ahead of the clock and less than one tick
 * behind. The clock must not stand still while others run: that of Linux does while the whole machine is suspended.
 */
export class TickCounter {
  readonly #tickMs: number;
  readonly #leaderMax: number;
  readonly #otherMax: number;
  #nextAt: number;

  constructor(options: { now: number; tickMs: number; electionTicks: number }) {
    this.#tickMs = options.tickMs;
    this.#nextAt = options.now + options.tickMs;
    // A lease is shorter than an election timeout, from the beginning of the round that brought it.
    this.#leaderMax = options.electionTicks;
    this.#otherMax = Math.max(1, Math.floor(options.electionTicks / 4));
  }

  /** Feeds the ticks that are due at `now` to `tick`, which may change what `leads` says. */
  catchUp(now: number, leads: () => boolean, tick: () => void): void {
    if (now < this.#nextAt) return;
    const due = Math.floor((now - this.#nextAt) / this.#tickMs) + 1;
    this.#nextAt += due * this.#tickMs;
    let fed = 0;
    while (fed < due && fed < (leads() ? this.#leaderMax : this.#otherMax)) {
      fed += 1;
      tick();
    }
  }
}
