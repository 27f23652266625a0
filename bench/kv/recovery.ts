/** How long nothing is committed after the leader's process was killed. */
import { Connection } from "./connection.ts";
import { type Cluster, eventually, type Subject } from "./subject.ts";

/**
 * Milliseconds from the end of the leader's process to the next put that is answered, for each kill, in a cluster of
 * its own each time. Whoever asks does so every few milliseconds, at every server that is left.
 */
export async function measureRecovery(
  subject: Subject,
  folder: string,
  port: number,
  kills: number,
): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < kills; i += 1) {
    const cluster = await subject.start(`${folder}-${i}`, port);
    if (cluster === null) throw new Error(`${subject.name} was there before, and is not any more`);
    try {
      times.push(await recoveryOf(subject, cluster));
    } finally {
      await cluster.stop();
    }
  }
  return times;
}

async function recoveryOf(subject: Subject, cluster: Cluster): Promise<number> {
  const first = await cluster.leader();
  await put(subject, first.host, first.port);
  await cluster.kill(first.id);
  const killed = performance.now();
  await eventually("an answer after the kill", async () => {
    const next = await cluster.leader();
    if (next.id === first.id) return null;
    return (await put(subject, next.host, next.port)) ? true : null;
  });
  return performance.now() - killed;
}

async function put(subject: Subject, host: string, port: number): Promise<boolean> {
  const connection = await Connection.open(host, port);
  try {
    return subject.isFine(await connection.ask(subject.put(`${host}:${port}`, "recovery", "value")));
  } finally {
    connection.close();
  }
}
