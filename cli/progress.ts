/** The live display: one line on a terminal, redrawn at most ten times a second, and gone when the run ends. */
import type { Progress } from "../checker/index.ts";
import { number } from "../checker/report/index.ts";
import type { Io } from "./io.ts";

const millisecondsPerFrame = 100;
const barWidth = 16;

export interface ProgressDisplay {
  readonly show: (progress: Progress) => void;
  /** Takes the line away, and says in its place how long the run took and how fast it was. */
  readonly end: (distinct: number) => void;
}

/** Nothing is shown where stderr is not a terminal: what is not looked at must not fill log files. */
export function progressDisplay({ stderr, now, heapBytes }: Pick<Io, "stderr" | "now" | "heapBytes">): ProgressDisplay {
  if (!stderr.isTerminal) return { show: () => undefined, end: () => undefined };
  const startedAt = now();
  let drawnAt = startedAt;
  return {
    show(progress) {
      const at = now();
      if (at - drawnAt < millisecondsPerFrame) return;
      drawnAt = at;
      const line = progressLine(progress, (at - startedAt) / 1000, heapBytes());
      stderr.write(`\r\u001b[K${line.slice(0, Math.max(0, stderr.columns - 1))}`);
    },
    end(distinct) {
      const seconds = (now() - startedAt) / 1000;
      stderr.write(`\r\u001b[K${seconds.toFixed(1)} s · ${rate(distinct, seconds)} states/s · ${bytes(heapBytes())}\n`);
    },
  };
}

/** `level 12 ███████░░░░░░░░░ 44% · 41,203 states · 22,900/s · queue 9,120 · 210 MB`, and what was written to disk */
export function progressLine(progress: Progress, seconds: number, memory: number): string {
  const { distinct, depth, queue, levelDone, levelSize, disk } = progress;
  const level = levelSize === 0 ? `depth ${depth}` : `level ${depth} ${bar(levelDone / levelSize)}`;
  const parts = [
    level,
    `${number(distinct)} states`,
    `${rate(distinct, seconds)}/s`,
    `queue ${number(queue)}`,
    bytes(memory),
    ...(disk === undefined ? [] : [`${bytes(disk.bytes)} to disk`]),
  ];
  return parts.join(" · ");
}

function bar(share: number): string {
  const full = Math.round(share * barWidth);
  return `${"█".repeat(full)}${"░".repeat(barWidth - full)} ${Math.floor(share * 100)}%`;
}

function rate(distinct: number, seconds: number): string {
  return seconds <= 0 ? "0" : number(Math.round(distinct / seconds));
}

/** `210 MB`, `1.4 GB` */
export function bytes(count: number): string {
  return count >= 1e9 ? `${(count / 1e9).toFixed(1)} GB` : `${Math.round(count / 1e6)} MB`;
}
