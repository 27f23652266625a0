import { createServer } from "node:net";

/**
 * Below the ports that systems give to outgoing connections, so that a server that was killed finds its port free
 * when it comes back.
 */
const LOWEST = 12_000;
const HIGHEST = 30_000;
const ATTEMPTS_MAX = 200;

const given = new Set<number>();

/** A port of the loopback address that nobody listens on, and that was not given out before. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS_MAX; attempt += 1) {
    // Not from the seed: harnesses that run side by side should look in different places.
    const port = LOWEST + Math.floor(Math.random() * (HIGHEST - LOWEST));
    if (given.has(port) || !(await isFree(port))) continue;
    given.add(port);
    return port;
  }
  throw new Error(`no free port was found in ${ATTEMPTS_MAX} attempts between ${LOWEST} and ${HIGHEST}`);
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}
