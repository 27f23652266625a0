import { type ByteReader, type ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import type { NodeId } from "../core/entry.ts";

/** Before it knows whom it talks to, a server reads frames of this size at most. */
export const HANDSHAKE_BYTES_MAX = 4096;

/** What the one who connects says first. */
export interface Hello {
  readonly clusterId: string;
  readonly from: NodeId;
  /** Whom the sender means to talk to: addresses get reused. */
  readonly to: NodeId;
}

/** The place of an answer is its code on the wire. */
const answers = [
  "accepted",
  "unknown-version",
  "foreign-cluster",
  "wrong-receiver",
  "unknown-sender",
  "wrong-certificate",
] as const;

export type Answer = (typeof answers)[number];

export function writeHello(out: ByteWriter, hello: Hello): void {
  out.text(hello.clusterId);
  out.text(hello.from);
  out.text(hello.to);
}

/** Throws `EncodingError`. */
export function readHello(from: ByteReader): Hello {
  const hello = { clusterId: from.text(), from: from.text(), to: from.text() };
  from.end();
  return hello;
}

export function writeAnswer(out: ByteWriter, answer: Answer): void {
  out.byte(answers.indexOf(answer));
}

/** Throws `EncodingError`. */
export function readAnswer(from: ByteReader): Answer {
  const code = from.byte();
  const answer = answers[code];
  if (answer === undefined) throw new EncodingError(`there is no answer ${code} to a greeting`);
  from.end();
  return answer;
}

/** What a server holds a greeting against. */
export interface Expectation {
  readonly id: NodeId;
  readonly clusterId: string;
  /** Whether a server of this id is heard. */
  readonly isHeard: (id: NodeId) => boolean;
  /** Whether the certificate of the connection, if there has to be one, is that of the id. */
  readonly isCertified: (id: NodeId) => boolean;
}

export interface Refused {
  readonly answer: Exclude<Answer, "accepted">;
  readonly expected: string;
  readonly found: string;
}

/** Why the one who says hello is refused; null if there is no reason. */
export function objectionTo(hello: Hello, expectation: Expectation): Refused | null {
  const { id, clusterId } = expectation;
  if (hello.clusterId !== clusterId) {
    return { answer: "foreign-cluster", expected: clusterId, found: hello.clusterId };
  }
  if (hello.to !== id) return { answer: "wrong-receiver", expected: id, found: hello.to };
  if (!expectation.isCertified(hello.from)) {
    return {
      answer: "wrong-certificate",
      expected: `a certificate for ${hello.from}`,
      found: "one for another server",
    };
  }
  if (hello.from === id || hello.from === "" || !expectation.isHeard(hello.from)) {
    return { answer: "unknown-sender", expected: "another server of the cluster", found: hello.from };
  }
  return null;
}
