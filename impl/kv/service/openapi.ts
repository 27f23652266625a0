import { type Operation, operations, type Parameter } from "./description.ts";
import { type ErrorCode, STATUS_OF } from "./errors.ts";
import { errorAnswer, type JsonSchema } from "./schemas.ts";

const ERRORS_OF_ALL: readonly ErrorCode[] = ["invalid-request", "internal"];

/** The description as an OpenAPI 3.1 document. */
export function openApiDocument(): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [id, operation] of Object.entries<Operation>(operations)) {
    const path = paths[operation.path] ?? {};
    path[operation.method.toLowerCase()] = operationObject(id, operation);
    paths[operation.path] = path;
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "Lockstep key-value service",
      version: "1.0.0",
      description: "A key-value store that is replicated by Raft.",
    },
    paths,
    components: {
      schemas: { Error: errorAnswer },
      securitySchemes: { token: { type: "http", scheme: "bearer" } },
    },
  };
}

function operationObject(operationId: string, operation: Operation): Record<string, unknown> {
  const { summary, parameters, body, answer, errors, needsToken } = operation;
  const codes = [...ERRORS_OF_ALL, ...errors, ...(needsToken ? (["unauthorized"] as const) : [])];
  return {
    operationId,
    summary,
    ...(needsToken ? { security: [{}, { token: [] }] } : {}),
    ...(parameters.length === 0 ? {} : { parameters }),
    ...(body === null ? {} : { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: {
      [answer.status]: {
        description: summary,
        content: { [answer.type]: answer.schema === null ? {} : { schema: answer.schema } },
      },
      ...errorResponses(codes),
    },
  };
}

function errorResponses(codes: readonly ErrorCode[]): Record<string, unknown> {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) byStatus.set(STATUS_OF[code], [...(byStatus.get(STATUS_OF[code]) ?? []), code]);
  const schema = { $ref: "#/components/schemas/Error" };
  return Object.fromEntries(
    [...byStatus].map(([status, given]) => [
      status,
      { description: `One of: ${given.join(", ")}.`, content: { "application/json": { schema } } },
    ]),
  );
}

/** The schemas that a request is held to, in the form that fastify takes. */
export interface RequestSchema {
  readonly params?: JsonSchema;
  readonly querystring?: JsonSchema;
  readonly headers?: JsonSchema;
  readonly body?: JsonSchema;
}

export function requestSchema({ parameters, body }: Operation): RequestSchema {
  const of = (place: Parameter["in"]) => parameters.filter((parameter) => parameter.in === place);
  const headers = of("header");
  return {
    params: parameterSchema(of("path"), false),
    querystring: parameterSchema(of("query"), false),
    ...(headers.length === 0 ? {} : { headers: parameterSchema(headers, true) }),
    ...(body === null ? {} : { body }),
  };
}

function parameterSchema(parameters: readonly Parameter[], additionalProperties: boolean): JsonSchema {
  return {
    type: "object",
    properties: Object.fromEntries(parameters.map(({ name, schema }) => [name, asText(schema)])),
    required: parameters.filter(({ required }) => required).map(({ name }) => name),
    additionalProperties,
  };
}

/** A URL carries text only. Coercion would find the number, and would also take numbers for texts in bodies. */
function asText(schema: JsonSchema): JsonSchema {
  return schema["type"] === "integer" ? { type: "string", pattern: "^(0|[1-9][0-9]{0,15})$" } : schema;
}

/** Path as fastify writes it. */
export function routePath({ path }: Operation): string {
  return path.replaceAll(/\{(\w+)\}/g, ":$1");
}
