import type { ErrorCode } from "./errors.ts";
import {
  changeAnswer,
  clusterAnswer,
  consistency,
  emptyAnswer,
  encoding,
  healthAnswer,
  type JsonSchema,
  key,
  keyAnswer,
  limit,
  memberBody,
  rangeAnswer,
  sessionAnswer,
  stampNumbers,
  swapAnswer,
  swapBody,
  transferBody,
  valueBody,
  wholeNumber,
} from "./schemas.ts";

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header";
  readonly required: boolean;
  readonly description: string;
  readonly schema: JsonSchema;
}

/** One route. The document that users read and the validation of requests are both made from it. */
export interface Operation {
  readonly method: "GET" | "PUT" | "POST" | "DELETE";
  /** With parameters in braces, as OpenAPI writes it. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly body: JsonSchema | null;
  readonly answer: { readonly status: number; readonly type: string; readonly schema: JsonSchema | null };
  /** Besides those that every operation may give. */
  readonly errors: readonly ErrorCode[];
  readonly needsToken: boolean;
}

const json = (schema: JsonSchema, status = 200) => ({ status, type: "application/json", schema });
const inPath = (name: string, description: string, schema: JsonSchema): Parameter => ({
  name,
  in: "path",
  required: true,
  description,
  schema,
});
const inQuery = (name: string, description: string, schema: JsonSchema): Parameter => ({
  name,
  in: "query",
  required: false,
  description,
  schema,
});

const keyInPath = inPath("key", "The key, percent-encoded.", key);
const readParameters = [
  inQuery("consistency", "How new the answer must be; linearizable unless said otherwise.", consistency),
  inQuery("encoding", "How values are written. What is no UTF-8 is written in base64 in any case.", encoding),
];
const stampInQuery = Object.entries(stampNumbers).map(([name, schema]) =>
  inQuery(name, "See sessions; all three or none.", schema),
);

const LEADER_ERRORS: readonly ErrorCode[] = [
  "not-leader",
  "no-leader",
  "leader-unreachable",
  "overloaded",
  "not-ready",
  "transferring",
  "stopping",
];
const READ_ERRORS: readonly ErrorCode[] = [...LEADER_ERRORS, "not-confirmed"];
const PROPOSAL_ERRORS: readonly ErrorCode[] = [...LEADER_ERRORS, "unknown-outcome", "too-large"];
const STAMPED_ERRORS: readonly ErrorCode[] = [
  ...PROPOSAL_ERRORS,
  "invalid-key",
  "unknown-session",
  "already-acknowledged",
  "too-many-unacknowledged",
];
const VALUE_ERRORS: readonly ErrorCode[] = [...STAMPED_ERRORS, "invalid-value", "unsupported-media-type"];

/** All there is. The key is the operation's id. */
export const operations = {
  getKey: {
    method: "GET",
    path: "/v1/kv/{key}",
    summary: "The value of a key.",
    parameters: [keyInPath, ...readParameters],
    body: null,
    answer: json(keyAnswer),
    errors: [...READ_ERRORS, "invalid-key", "key-not-found"],
    needsToken: true,
  },
  putKey: {
    method: "PUT",
    path: "/v1/kv/{key}",
    summary: "Give a key a value.",
    parameters: [keyInPath],
    body: valueBody,
    answer: json(changeAnswer),
    errors: VALUE_ERRORS,
    needsToken: true,
  },
  deleteKey: {
    method: "DELETE",
    path: "/v1/kv/{key}",
    summary: "Delete a key.",
    parameters: [keyInPath, ...stampInQuery],
    body: null,
    answer: json(changeAnswer),
    errors: STAMPED_ERRORS,
    needsToken: true,
  },
  compareAndSwap: {
    method: "POST",
    path: "/v1/kv/{key}/compare-and-swap",
    summary: "Change a key only if it is as expected.",
    parameters: [keyInPath],
    body: swapBody,
    answer: json(swapAnswer),
    errors: VALUE_ERRORS,
    needsToken: true,
  },
  append: {
    method: "POST",
    path: "/v1/kv/{key}/append",
    summary: "Append to a value; to an absent key it is a put.",
    parameters: [keyInPath],
    body: valueBody,
    answer: json(changeAnswer),
    errors: VALUE_ERRORS,
    needsToken: true,
  },
  range: {
    method: "GET",
    path: "/v1/range",
    summary: "Keys with their values, in order, page by page.",
    parameters: [
      inQuery("prefix", "Only keys that begin with it.", { type: "string" }),
      inQuery("from", "Only keys that are not before it: the `next` of the page before.", { type: "string" }),
      inQuery("limit", "Keys of a page.", limit),
      ...readParameters,
    ],
    body: null,
    answer: json(rangeAnswer),
    errors: READ_ERRORS,
    needsToken: true,
  },
  watch: {
    method: "GET",
    path: "/v1/watch",
    summary: "Changes as they happen, as server-sent events: change, progress, cut-off.",
    parameters: [
      inQuery("key", "Only this key.", key),
      inQuery("prefix", "Only keys that begin with it.", { type: "string" }),
      inQuery("from", "The first revision to tell of; from now on unless given.", wholeNumber),
      {
        name: "last-event-id",
        in: "header",
        required: false,
        description: "The last revision that was seen: goes on after it. Wins over `from`.",
        schema: wholeNumber,
      },
    ],
    body: null,
    answer: { status: 200, type: "text/event-stream", schema: null },
    errors: ["revision-too-old", "overloaded", "invalid-key", "stopping"],
    needsToken: true,
  },
  openSession: {
    method: "POST",
    path: "/v1/sessions",
    summary: "Open a session, in which each command takes effect once.",
    parameters: [],
    body: null,
    answer: json(sessionAnswer, 201),
    errors: PROPOSAL_ERRORS,
    needsToken: true,
  },
  closeSession: {
    method: "DELETE",
    path: "/v1/sessions/{session}",
    summary: "Close a session. It is no error if it is not open.",
    parameters: [inPath("session", "The session's number.", wholeNumber)],
    body: null,
    answer: json(emptyAnswer),
    errors: PROPOSAL_ERRORS,
    needsToken: true,
  },
  clusterStatus: {
    method: "GET",
    path: "/v1/cluster",
    summary: "The cluster as this server sees it.",
    parameters: [],
    body: null,
    answer: json(clusterAnswer),
    errors: [],
    needsToken: true,
  },
  transferLeadership: {
    method: "POST",
    path: "/v1/cluster/transfer",
    summary: "Give leadership to another voter.",
    parameters: [],
    body: transferBody,
    answer: json(emptyAnswer),
    errors: [...LEADER_ERRORS, "invalid-transfer", "unknown-outcome", "unsupported-media-type"],
    needsToken: true,
  },
  addMember: {
    method: "POST",
    path: "/v1/cluster/members",
    summary: "Add a member: first a learner, and a voter when it has caught up, unless it is to stay a learner.",
    parameters: [],
    body: memberBody,
    answer: json(emptyAnswer),
    errors: [...LEADER_ERRORS, "change-in-progress", "invalid-change", "unknown-outcome", "unsupported-media-type"],
    needsToken: true,
  },
  removeMember: {
    method: "DELETE",
    path: "/v1/cluster/members/{id}",
    summary: "Remove a member.",
    parameters: [inPath("id", "The member's id.", { type: "string", minLength: 1, maxLength: 256 })],
    body: null,
    answer: json(emptyAnswer),
    errors: [...LEADER_ERRORS, "change-in-progress", "invalid-change", "unknown-outcome"],
    needsToken: true,
  },
  health: {
    method: "GET",
    path: "/health",
    summary: "200 while the cluster makes progress as far as this server can tell, 503 with the reason otherwise.",
    parameters: [],
    body: null,
    answer: json(healthAnswer),
    errors: [],
    needsToken: false,
  },
  live: {
    method: "GET",
    path: "/live",
    summary: "200 as long as the process answers.",
    parameters: [],
    body: null,
    answer: json(emptyAnswer),
    errors: [],
    needsToken: false,
  },
  metrics: {
    method: "GET",
    path: "/metrics",
    summary: "Metrics as Prometheus reads them.",
    parameters: [],
    body: null,
    answer: { status: 200, type: "text/plain", schema: null },
    errors: [],
    needsToken: true,
  },
  openapi: {
    method: "GET",
    path: "/openapi.json",
    summary: "This description.",
    parameters: [],
    body: null,
    answer: json({ type: "object" }),
    errors: [],
    needsToken: false,
  },
} as const satisfies Record<string, Operation>;

export type OperationId = keyof typeof operations;
