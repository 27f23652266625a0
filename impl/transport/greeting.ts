import type { Socket } from "node:net";
import { ByteReader, ByteWriter, EncodingError } from "../core/encoding/bytes.ts";
import { beginFrame, endFrame, FrameReader, PROTOCOL_VERSION, writePreamble } from "./frame.ts";
import {
  type Answer,
  HANDSHAKE_BYTES_MAX,
  type Hello,
  readAnswer,
  readHello,
  writeAnswer,
  writeHello,
} from "./handshake.ts";
import type { Timers } from "./options.ts";

/** A connection that did not get through its handshake; the message says why, for the log. */
class GreetingError extends Error {
  override readonly name = "GreetingError";
}

/** The side that connected: says hello, and waits for the answer. Rejects with `GreetingError`. */
export async function greet(socket: Socket, hello: Hello, timers: Timers, milliseconds: number): Promise<FrameReader> {
  const reader = new FrameReader(HANDSHAKE_BYTES_MAX);
  const out = new ByteWriter();
  writePreamble(out);
  const at = beginFrame(out);
  writeHello(out, hello);
  endFrame(out, at);
  socket.write(out.view());
  const version = await received(socket, reader, timers, milliseconds, () => reader.preamble());
  const answer = await received(socket, reader, timers, milliseconds, () => {
    const payload = reader.next();
    return payload === null ? null : readAnswer(new ByteReader(payload));
  });
  if (answer === "accepted" && version === PROTOCOL_VERSION) return reader;
  const detail = answer === "unknown-version" ? `: it speaks ${version}, and this server ${PROTOCOL_VERSION}` : "";
  throw new GreetingError(`it answered "${answer}"${detail}`);
}

/** The side that was connected to: hears hello. Null for a version that is not spoken here. */
export async function greeted(
  socket: Socket,
  timers: Timers,
  milliseconds: number,
): Promise<{ readonly reader: FrameReader; readonly version: number; readonly hello: Hello | null }> {
  const reader = new FrameReader(HANDSHAKE_BYTES_MAX);
  const version = await received(socket, reader, timers, milliseconds, () => reader.preamble());
  if (version !== PROTOCOL_VERSION) return { reader, version, hello: null };
  const hello = await received(socket, reader, timers, milliseconds, () => {
    const payload = reader.next();
    return payload === null ? null : readHello(new ByteReader(payload));
  });
  return { reader, version, hello };
}

export function answer(socket: Socket, answer: Answer): void {
  const out = new ByteWriter();
  writePreamble(out);
  const at = beginFrame(out);
  writeAnswer(out, answer);
  endFrame(out, at);
  socket.write(out.view());
}

/**
 * What `look` finds in the reader as soon as it finds something. Then the socket is paused, because with TLS more may
 * come before whoever waits for the promise gets to listen.
 */
function received<Found>(
  socket: Socket,
  reader: FrameReader,
  timers: Timers,
  milliseconds: number,
  look: () => Found | null,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const fail = (message: string) => {
      stop();
      reject(new GreetingError(message));
    };
    const attempt = () => {
      try {
        const found = look();
        if (found === null) return;
        stop();
        socket.pause();
        resolve(found);
      } catch (error) {
        if (!(error instanceof EncodingError)) throw error;
        fail(error.message);
      }
    };
    const onData = (bytes: Uint8Array) => {
      reader.push(new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length));
      attempt();
    };
    const onError = (error: Error) => fail(error.message);
    const onClose = () => fail("the connection ended in the middle of the handshake");
    const cancel = timers.after(milliseconds, () => fail(`no handshake within ${milliseconds} ms`));
    const stop = () => {
      cancel();
      socket.off("data", onData).off("error", onError).off("close", onClose);
    };
    socket.on("data", onData).on("error", onError).on("close", onClose);
    if (socket.destroyed) return onClose();
    attempt();
    if (socket.listeners("data").includes(onData)) socket.resume();
  });
}
