import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { requestText } from "./connection.ts";
import { putUnder } from "./load.ts";

/** A service that answers at once, in one piece or in chunks, and refuses every tenth request. */
async function measured(isChunked: boolean) {
  let asked = 0;
  const server = createServer((request, response) => {
    asked += 1;
    request.resume();
    response.statusCode = asked % 10 === 0 ? 503 : 200;
    const body = '{"revision":1}';
    if (isChunked) response.write(body);
    else response.setHeader("content-length", body.length);
    response.end(isChunked ? "" : body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  try {
    const request = (client: number, turn: number) =>
      requestText("PUT", `/k${client}`, "localhost", `{"turn":${turn}}`);
    const isFine = ({ status }: { status: number }) => status === 200;
    const load = { host: "127.0.0.1", port, clients: 3, seconds: 0.3, warmUpSeconds: 0, request, isFine };
    return { asked: () => asked, ...(await putUnder(load)) };
  } finally {
    server.close();
  }
}

test.each([false, true])("clients count answers and refusals, in chunks: %s", async (isChunked) => {
  const { asked, answers, failures, perSecond, p50, p99, p999 } = await measured(isChunked);
  expect(answers).toBeGreaterThan(10);
  expect(failures).toBeGreaterThan(0);
  // Answers that come after the end are asked for and not counted: at most one for each client.
  expect(asked() - answers - failures).toBeLessThanOrEqual(3);
  expect(perSecond).toBeCloseTo(answers / 0.3);
  expect([p50, p99, p999]).toEqual([p50, p99, p999].sort((one, other) => one - other));
});

test("a connection that is closed in the middle of an answer is an error", async () => {
  const server = createServer((_request, response) => response.socket?.destroy());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const request = () => requestText("GET", "/k", "localhost", null);
  const load = { host: "127.0.0.1", port, clients: 1, seconds: 1, warmUpSeconds: 0, request, isFine: () => true };
  await expect(putUnder(load)).rejects.toThrow();
  server.close();
});
