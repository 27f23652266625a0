import type { ByteReader, ByteWriter } from "./encoding/bytes.ts";

/** What a client sends along with a command that must take effect once, however often it is sent. */
export interface Stamp {
  /** The index of the entry that opened the session. */
  readonly session: number;
  /** Counts the commands of the session from one. Commands may arrive in any order. */
  readonly sequence: number;
  /** The client has the responses of all sequence numbers up to this one, so they need not be kept. */
  readonly acknowledged: number;
}

/** They travel in the command that opens a session: servers with different settings still agree on what expires. */
export interface SessionLimits {
  /** Sessions that stay open when this one is. */
  readonly sessionsMax: number;
  /** Responses that are kept for this session. */
  readonly unacknowledgedMax: number;
}

export type SessionRefusal =
  /** Never opened, closed, or expired. Whether an earlier attempt took effect cannot be said any more. */
  | { readonly kind: "unknown-session"; readonly session: number }
  /** The client has said that it has this response, and it was dropped. */
  | { readonly kind: "already-acknowledged"; readonly sequence: number; readonly acknowledged: number }
  /** The command was not carried out. It may be sent again when older responses are acknowledged. */
  | { readonly kind: "too-many-unacknowledged"; readonly unacknowledgedMax: number };

interface Session<Response> {
  acknowledged: number;
  readonly unacknowledgedMax: number;
  /** By sequence number, all above `acknowledged`. */
  readonly responses: Map<number, Response>;
}

/**
 * The client sessions of a replicated machine (section 6.3 of the thesis): a command that arrives again is answered
 * with the response of the first time. They are part of the machine's state and image.
 *
 * When there are more than allowed, the session whose last command is oldest in the log expires. The thesis also
 * weighs expiry by a time that leaders put into commands. It is refused here: a clock that jumps would expire every
 * session at once, and what must be bounded is memory, which a count bounds. A client whose session has expired is
 * told so, and its command is not carried out.
 */
export class Sessions<Response extends object> {
  /** Least recently used first. That order is state: it decides what expires, and the image keeps it. */
  readonly #sessions = new Map<number, Session<Response>>();

  get count(): number {
    return this.#sessions.size;
  }

  /** Opens the session that is named by the index of the command that asks for it. */
  open(index: number, limits: SessionLimits): void {
    for (const id of this.#sessions.keys()) {
      if (this.#sessions.size < Math.max(1, limits.sessionsMax)) break;
      this.#sessions.delete(id);
    }
    const { unacknowledgedMax } = limits;
    this.#sessions.set(index, { acknowledged: 0, unacknowledgedMax, responses: new Map() });
  }

  /** False where there is no such session. */
  close(id: number): boolean {
    return this.#sessions.delete(id);
  }

  /** Carries out a command, or gives what it gave before. */
  once(stamp: Stamp, execute: () => Response): Response | SessionRefusal {
    const session = this.#sessions.get(stamp.session);
    if (session === undefined) return { kind: "unknown-session", session: stamp.session };
    this.#sessions.delete(stamp.session);
    this.#sessions.set(stamp.session, session);
    acknowledge(session, stamp.acknowledged);
    const { sequence } = stamp;
    const { acknowledged, responses, unacknowledgedMax } = session;
    if (sequence <= acknowledged) return { kind: "already-acknowledged", sequence, acknowledged };
    const before = responses.get(sequence);
    if (before !== undefined) return before;
    if (responses.size >= unacknowledgedMax) return { kind: "too-many-unacknowledged", unacknowledgedMax };
    const response = execute();
    responses.set(sequence, response);
    return response;
  }

  write(out: ByteWriter, writeResponse: (out: ByteWriter, response: Response) => void): void {
    out.number(this.#sessions.size);
    for (const [id, { acknowledged, unacknowledgedMax, responses }] of this.#sessions) {
      out.number(id);
      out.number(acknowledged);
      out.number(unacknowledgedMax);
      out.number(responses.size);
      for (const [sequence, response] of [...responses].sort(([one], [other]) => one - other)) {
        out.number(sequence);
        writeResponse(out, response);
      }
    }
  }

  /** Throws `EncodingError`. */
  static read<Response extends object>(
    from: ByteReader,
    readResponse: (from: ByteReader) => Response,
  ): Sessions<Response> {
    const sessions = new Sessions<Response>();
    const count = from.number();
    for (let i = 0; i < count; i += 1) {
      const id = from.number();
      const acknowledged = from.number();
      const unacknowledgedMax = from.number();
      const responses = new Map<number, Response>();
      const responseCount = from.number();
      for (let j = 0; j < responseCount; j += 1) {
        const sequence = from.number();
        responses.set(sequence, readResponse(from));
      }
      sessions.#sessions.set(id, { acknowledged, unacknowledgedMax, responses });
    }
    return sessions;
  }
}

function acknowledge(session: Session<unknown>, acknowledged: number): void {
  if (acknowledged <= session.acknowledged) return;
  session.acknowledged = acknowledged;
  for (const sequence of session.responses.keys()) {
    if (sequence <= acknowledged) session.responses.delete(sequence);
  }
}
