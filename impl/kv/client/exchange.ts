import { Agent, type IncomingMessage, request } from "node:http";

export interface Asked {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly body: string | null;
}

/** What came of sending a request to one server. */
export type Exchange =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly headers: IncomingMessage["headers"];
      readonly body: string;
    }
  /** No byte of the request has left this process. */
  | { readonly kind: "unreachable"; readonly why: string }
  /** The server may have taken the request. */
  | { readonly kind: "lost"; readonly why: string };

const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** HTTP over connections that stay open. */
export class Connections {
  readonly #agent: Agent;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(token: string | null, connectionsMax: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
    this.#headers = token === null ? {} : { authorization: `Bearer ${token}` };
  }

  exchange(address: string, { method, path, body }: Asked, timeoutMs: number): Promise<Exchange> {
    const headers: Record<string, string> = { ...this.#headers };
    if (body !== null) headers["content-type"] = "application/json";
    if (body !== null) headers["content-length"] = String(Buffer.byteLength(body));
    return new Promise((resolve) => {
      const sent = request(`http://${address}${path}`, { method, headers, agent: this.#agent }, (response) => {
        collect(response).then(
          (text) => {
            clearTimeout(timer);
            resolve({ kind: "answered", status: response.statusCode ?? 0, headers: response.headers, body: text });
          },
          (error: Error) => resolve({ kind: "lost", why: error.message }),
        );
      });
      const timer = setTimeout(() => sent.destroy(new Error(`no answer in ${Math.round(timeoutMs)} ms`)), timeoutMs);
      sent.on("error", (error: NodeJS.ErrnoException) => {
        clearTimeout(timer);
        resolve({ kind: NEVER_SENT.has(error.code ?? "") ? "unreachable" : "lost", why: error.message });
      });
      sent.end(body ?? undefined);
    });
  }

  /** Resolves with the head of an answer without an end. Rejects where there is none. */
  open(address: string, path: string, signal: AbortSignal): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      // A stream keeps its connection for itself.
      const sent = request(`http://${address}${path}`, { headers: this.#headers, agent: false, signal }, resolve);
      sent.on("error", reject);
      sent.end();
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

export async function collect(response: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece);
  return Buffer.concat(pieces).toString("utf8");
}
