/** JSON Schema, as far as it is used here. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

const object = (properties: Readonly<Record<string, JsonSchema>>, required: readonly string[]): JsonSchema => ({
  type: "object",
  properties,
  required,
  additionalProperties: false,
});

const nullable = (type: string): JsonSchema => ({ type: [type, "null"] });
const flag: JsonSchema = { type: "boolean" };
const text: JsonSchema = { type: "string" };

export const key: JsonSchema = { type: "string", minLength: 1 };
export const wholeNumber: JsonSchema = { type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER };
export const limit: JsonSchema = { type: "integer", minimum: 1, maximum: 10_000, default: 1000 };
export const consistency: JsonSchema = { type: "string", enum: ["linearizable", "lease", "stale"] };
export const encoding: JsonSchema = { type: "string", enum: ["utf8", "base64"] };

/** What makes a command of a session happen once. */
export const stampNumbers: Readonly<Record<string, JsonSchema>> = {
  session: { ...wholeNumber, minimum: 1 },
  sequence: { ...wholeNumber, minimum: 1 },
  acknowledged: wholeNumber,
};
const value = { value: text, encoding };

export const valueBody = object({ ...value, ...stampNumbers }, ["value"]);
export const swapBody: JsonSchema = object(
  {
    expected: {
      type: "object",
      description: "One of: absent, a value, a revision.",
      properties: { absent: { type: "boolean", enum: [true] }, ...value, revision: wholeNumber },
      minProperties: 1,
      additionalProperties: false,
    },
    value: { ...nullable("string"), description: "Null deletes the key." },
    encoding,
    ...stampNumbers,
  },
  ["expected", "value"],
);
export const transferBody = object({ to: { type: "string", minLength: 1, maxLength: 256 } }, ["to"]);
export const memberBody = object(
  {
    id: { type: "string", minLength: 1, maxLength: 256 },
    contact: { type: "string", minLength: 1, maxLength: 1024, description: "peerHost:port clientHost:port" },
    role: { type: "string", enum: ["voter", "learner"] },
  },
  ["id", "contact"],
);

const item = { key: text, value: text, encoding, createRevision: wholeNumber, modRevision: wholeNumber };
const itemRequired = ["key", "value", "encoding", "createRevision", "modRevision"];

export const keyAnswer = object({ ...item, revision: wholeNumber }, [...itemRequired, "revision"]);
export const rangeAnswer = object(
  { items: { type: "array", items: object(item, itemRequired) }, next: nullable("string"), revision: wholeNumber },
  ["items", "next", "revision"],
);
export const changeAnswer = object({ revision: wholeNumber, deleted: flag }, ["revision"]);
export const swapAnswer = object({ revision: wholeNumber, swapped: flag, found: nullable("integer") }, [
  "revision",
  "swapped",
]);
export const sessionAnswer = object({ session: wholeNumber }, ["session"]);
export const emptyAnswer = object({}, []);

const server = {
  id: text,
  role: { type: "string", enum: ["follower", "pre-candidate", "candidate", "leader"] },
  term: wholeNumber,
  leader: nullable("string"),
  commit: wholeNumber,
  applied: wholeNumber,
};
export const healthAnswer = object(
  { healthy: flag, why: nullable("string"), ...server, ticksWithoutQuorum: wholeNumber },
  ["healthy", "why"],
);
export const clusterAnswer = object(
  {
    ...server,
    leaderAddress: nullable("string"),
    lastIndex: wholeNumber,
    snapshotIndex: wholeNumber,
    ticksWithoutQuorum: wholeNumber,
    stopped: nullable("string"),
    isChanging: flag,
    members: {
      type: "array",
      items: object(
        {
          id: text,
          role: { type: "string", enum: ["voter", "leaving-voter", "promoting-learner", "learner"] },
          contact: text,
          address: nullable("string"),
          match: { ...nullable("integer"), description: "What it has of the log; known at the leader." },
          state: nullable("string"),
        },
        ["id", "role", "contact", "address", "match", "state"],
      ),
    },
  },
  ["id", "role", "term", "leader", "leaderAddress", "members"],
);

export const errorAnswer: JsonSchema = {
  type: "object",
  properties: {
    error: {
      type: "object",
      properties: { code: text, message: text, retryAfterMs: wholeNumber },
      required: ["code", "message"],
    },
  },
  required: ["error"],
};
