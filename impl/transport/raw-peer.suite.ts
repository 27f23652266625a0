import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { ByteReader, ByteWriter } from "../core/encoding/bytes.ts";
import { writeMessage } from "../core/encoding/message.ts";
import type { Message } from "../core/message.ts";
import { beginFrame, endFrame, FrameReader, writePreamble } from "./frame.ts";
import { type Answer, type Hello, readAnswer, writeAnswer, writeHello } from "./handshake.ts";

/** The bytes of one frame. */
export function frame(write: (out: ByteWriter) => void): Uint8Array {
  const out = new ByteWriter();
  const at = beginFrame(out);
  write(out);
  endFrame(out, at);
  return out.copy();
}

export function messageFrame(message: Message): Uint8Array {
  return frame((out) => {
    out.byte(0);
    writeMessage(out, message);
  });
}

function preamble(): Uint8Array {
  const out = new ByteWriter();
  writePreamble(out);
  return out.copy();
}

/** Somebody with a socket, who says what it wants. */
export class RawClient {
  readonly socket: Socket;
  readonly ended: Promise<unknown>;

  constructor(port: number, socket = connect({ host: "127.0.0.1", port })) {
    this.socket = socket;
    this.socket.on("error", () => {});
    this.ended = new Promise((resolve) => this.socket.on("close", resolve));
  }

  say(...pieces: readonly Uint8Array[]): void {
    for (const piece of pieces) this.socket.write(piece);
  }

  /** A greeting as it should be, and its answer. */
  async greet(hello: Hello): Promise<Answer> {
    this.say(
      preamble(),
      frame((out) => writeHello(out, hello)),
    );
    const reader = new FrameReader(100);
    let version: number | null = null;
    for (;;) {
      const [bytes] = await once(this.socket, "data");
      reader.push(bytes);
      version ??= reader.preamble();
      const payload = version === null ? null : reader.next();
      if (payload !== null) return readAnswer(new ByteReader(payload));
    }
  }
}

/** A port that accepts every greeting and never says anything again, nor reads if it is not told to. */
export async function acceptingPort(reading: "reads" | "never reads") {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    socket.once("data", () => {
      if (reading === "never reads") socket.pause();
      socket.write(preamble());
      socket.write(frame((out) => writeAnswer(out, "accepted")));
    });
    if (reading === "reads") socket.on("data", () => {});
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port, close };
}
