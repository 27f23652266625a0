/** Runs one program to its end, and measures it from outside: seconds on the wall, and the most memory it held. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

export interface Ran {
  /** Null where a signal ended it, or the time limit. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
  /** The resident set at its largest; null where the system does not tell (it does on Linux) or the run was too short. */
  readonly peakBytes: number | null;
}

export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly secondsMax: number;
}

/** How often the memory of a running program is looked at. What is read is its own maximum, which never falls. */
const lookMilliseconds = 5;

/** A program that is not there is an outcome: null. */
export function run({ program, args, cwd, secondsMax }: Command): Promise<Ran | null> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(program, args, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const output = { stdout: "", stderr: "" };
    let peakBytes: number | null = null;
    const look = setInterval(() => {
      peakBytes = child.pid === undefined ? null : (largestOf(child.pid) ?? peakBytes);
    }, lookMilliseconds);
    const limit = setTimeout(() => child.kill("SIGKILL"), secondsMax * 1000);
    const stop = () => {
      clearInterval(look);
      clearTimeout(limit);
    };
    for (const stream of ["stdout", "stderr"] as const) {
      child[stream].setEncoding("utf8").on("data", (text: string) => {
        output[stream] += text;
      });
    }
    child.on("error", (error: NodeJS.ErrnoException) => {
      stop();
      if (error.code === "ENOENT") resolve(null);
      else reject(error);
    });
    let seconds = 0;
    child.on("exit", () => {
      seconds = (performance.now() - start) / 1000;
      stop();
    });
    child.on("close", (code) => resolve({ code, ...output, seconds, peakBytes }));
  });
}

/** The high-water mark that Linux keeps for each process. */
function largestOf(pid: number): number | null {
  try {
    const kilobytes = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    // The process has ended between two looks, or this is another system.
    return null;
  }
}
