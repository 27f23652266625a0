import { Agent, type IncomingMessage, request } from "node:http";
import type { Configuration } from "../../core/configuration.ts";
import type { NodeId } from "../../core/entry.ts";

/** The second field of a contact, "peerHost:port clientHost:port"; null where there is none. */
export function clientAddress(configuration: Configuration, id: NodeId): string | null {
  return configuration.contacts[id]?.trim().split(/\s+/)[1] ?? null;
}

/** On a request that another server passed on. It is answered here or refused, never passed on again. */
export const FORWARDED_HEADER = "lockstep-forwarded-by";

/** On an answer that came from the leader by way of another server: the address to take next time. */
export const LEADER_HEADER = "lockstep-leader";

export interface Forwarded {
  readonly method: string;
  /** Path and query. */
  readonly url: string;
  readonly body: string | null;
  readonly authorization: string | null;
}

export type ForwardOutcome =
  | {
      readonly kind: "answered";
      readonly status: number;
      readonly contentType: string;
      readonly retryAfter: string | null;
      readonly body: Buffer;
    }
  /** The request has not left this server. */
  | { readonly kind: "unreachable"; readonly why: string }
  /** It may have reached the leader. */
  | { readonly kind: "unknown"; readonly why: string };

const NEVER_SENT = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

/** Passes requests on over connections that stay open. */
export class Forwarder {
  readonly #id: NodeId;
  readonly #timeoutMs: number;
  readonly #agent: Agent;

  constructor(id: NodeId, connectionsMax: number, timeoutMs: number) {
    this.#id = id;
    this.#timeoutMs = timeoutMs;
    this.#agent = new Agent({ keepAlive: true, maxSockets: connectionsMax });
  }

  forward(address: string, { method, url, body, authorization }: Forwarded): Promise<ForwardOutcome> {
    const headers: Record<string, string> = { [FORWARDED_HEADER]: this.#id };
    if (authorization !== null) headers["authorization"] = authorization;
    if (body !== null) headers["content-type"] = "application/json";
    if (body !== null) headers["content-length"] = String(Buffer.byteLength(body));
    return new Promise((resolve) => {
      const sent = request(`http://${address}${url}`, { method, headers, agent: this.#agent }, (response) => {
        collect(response).then(
          (bytes) => resolve(answered(response, bytes)),
          (error: Error) => resolve({ kind: "unknown", why: error.message }),
        );
      });
      sent.setTimeout(this.#timeoutMs, () => sent.destroy(new Error(`no answer in ${this.#timeoutMs} ms`)));
      sent.on("error", (error: NodeJS.ErrnoException) => {
        resolve({ kind: NEVER_SENT.has(error.code ?? "") ? "unreachable" : "unknown", why: error.message });
      });
      sent.end(body ?? undefined);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

function answered(response: IncomingMessage, body: Buffer): ForwardOutcome {
  const contentType = response.headers["content-type"] ?? "application/json";
  const retryAfter = response.headers["retry-after"] ?? null;
  return { kind: "answered", status: response.statusCode ?? 502, contentType, retryAfter, body };
}

async function collect(response: IncomingMessage): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of response) pieces.push(piece);
  return Buffer.concat(pieces);
}
