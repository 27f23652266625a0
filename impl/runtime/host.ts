/** Time and the order of work, as the process gives them. Handed in, so that tests hold the clock in their hands. */
export interface Host {
  /** Milliseconds from some moment on; it never goes back, and nobody sets it. */
  monotonic(): number;
  /** Milliseconds since 1970. It tells lives of a server apart, and nothing else rests on it. */
  epoch(): number;
  /** Calls `work` about every so many milliseconds until the function that it returns is called. */
  every(milliseconds: number, work: () => void): () => void;
  /** Calls `work` when what has arrived by now has been received. */
  soon(work: () => void): void;
}

/**
 * `setImmediate` runs after all sockets that have something were read. A microtask would run after each of them, and
 * make a batch of every single request.
 */
export const nodeHost: Host = {
  monotonic: () => performance.now(),
  epoch: () => Date.now(),
  every(milliseconds, work) {
    const timer = setInterval(work, milliseconds);
    return () => clearInterval(timer);
  },
  soon(work) {
    setImmediate(work);
  },
};

/** Where a server says what happens to it. A pino logger is one. */
export interface Logger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export const noLogger: Logger = { info() {}, warn() {}, error() {} };
