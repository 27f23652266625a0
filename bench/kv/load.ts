/** Clients that ask as fast as they are answered, for a while, and how long each answer took. */
import { Connection, type Reply } from "./connection.ts";

export interface Load {
  readonly host: string;
  readonly port: number;
  readonly clients: number;
  readonly seconds: number;
  /** Answers of the first seconds are not counted: caches and compilers warm up. */
  readonly warmUpSeconds: number;
  /** What client `client` asks as its `turn`th request. */
  readonly request: (client: number, turn: number) => string;
  readonly isFine: (reply: Reply) => boolean;
}

export interface Measured {
  readonly answers: number;
  /** Answers that were not fine. A run with many of them measures something else. */
  readonly failures: number;
  readonly perSecond: number;
  /** Milliseconds. */
  readonly p50: number;
  readonly p99: number;
  readonly p999: number;
}

export async function putUnder(load: Load): Promise<Measured> {
  const { host, port, clients } = load;
  const connections = await Promise.all(Array.from({ length: clients }, () => Connection.open(host, port)));
  const from = performance.now() + load.warmUpSeconds * 1000;
  const until = from + load.seconds * 1000;
  const latencies: number[] = [];
  let failures = 0;
  const serve = async (connection: Connection, client: number): Promise<void> => {
    for (let turn = 0; ; turn += 1) {
      const asked = performance.now();
      if (asked >= until) return;
      const reply = await connection.ask(load.request(client, turn));
      const answered = performance.now();
      if (answered < from || answered >= until) continue;
      if (load.isFine(reply)) latencies.push(answered - asked);
      else failures += 1;
    }
  };
  try {
    await Promise.all(connections.map(serve));
  } finally {
    for (const connection of connections) connection.close();
  }
  return summary(latencies, failures, load.seconds);
}

function summary(latencies: number[], failures: number, seconds: number): Measured {
  const sorted = Float64Array.from(latencies).sort();
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;
  return {
    answers: sorted.length,
    failures,
    perSecond: sorted.length / seconds,
    p50: at(0.5),
    p99: at(0.99),
    p999: at(0.999),
  };
}
