import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type ClusterUnderTest, startCluster } from "../in-memory-cluster.suite.ts";

interface Document {
  readonly openapi: string;
  readonly paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
}

describe("The OpenAPI description", () => {
  let under: ClusterUnderTest;
  let document: Document;

  beforeAll(async () => {
    under = await startCluster(["n1"], {});
    document = JSON.parse(await (await fetch(`http://${under.addressOf("n1")}/openapi.json`)).text());
  });

  afterAll(() => under.close());

  it("describes every route, and every description is a route", () => {
    const described = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const routes = under.services.get("n1")?.routes ?? [];
    expect(described.sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
    expect(document.openapi).toBe("3.1.0");
  });

  it("names each operation once, and describes how each may end", () => {
    const all = Object.values(document.paths).flatMap((methods) => Object.values(methods));
    const ids = all.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { responses } of all) expect(Object.keys(responses)).toEqual(expect.arrayContaining(["400", "500"]));
  });
});
