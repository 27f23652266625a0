/**
 * What is replicated. It must be deterministic: the same commands in the same order give the same results and the same
 * image on every server, so it may use no clock, no randomness and no I/O. It lives in memory; the log and the
 * snapshots are what survives.
 */
export interface StateMachine<Result> {
  /** Applies a committed command. What a client sent wrongly is a result, not an exception. */
  apply(index: number, command: Uint8Array): Result;
  /** The whole state as bytes, sessions of clients included. */
  image(): Uint8Array;
  /** Takes the place of whatever was there. Throws if the bytes are no image. */
  restore(image: Uint8Array): void;
}
