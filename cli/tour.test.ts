import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";

const root = join(import.meta.dirname, "..");
const program = join(root, "dist", "cli", "main.js");
const folder = mkdtempSync(join(tmpdir(), "lockstep-tour-"));

beforeAll(() => {
  const built = spawnSync(process.execPath, [join(root, "tools", "setup.mjs")], { cwd: root, encoding: "utf8" });
  expect(built.status, built.stderr).toBe(0);
});
afterAll(() => {
  spawnSync(process.execPath, [program, "cluster", "down"], { cwd: folder });
  rmSync(folder, { recursive: true });
});

/** The lines of the first shell block below the heading, as readers copy them. */
function tour(): string[] {
  const section = readFileSync(join(root, "README.md"), "utf8").split("\n## Run it\n")[1] ?? "";
  return (/```sh\n(.*?)```/s.exec(section)?.[1] ?? "").trimEnd().split("\n");
}

/** The first of six ports in a row that nobody listens on; the tour's own may be taken. */
async function sixFreePorts(): Promise<number> {
  for (;;) {
    const first = 12_000 + Math.floor(Math.random() * 18_000);
    const found = await Promise.all([0, 1, 2, 3, 4, 5].map((i) => isFree(first + i)));
    if (!found.includes(false)) return first;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer().once("error", () => resolve(false));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(true)));
  });
}

/**
 * One shell runs the block, because one line leaves a process behind that another waits for; it says where each line
 * begins, and with which code it ended. `npx lockstep` is the built program.
 */
function run(lines: readonly string[]): { readonly line: string; readonly printed: string }[] {
  const bin = join(folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "npx"), `#!/bin/sh\nshift\nexec "${process.execPath}" "${program}" "$@"\n`);
  chmodSync(join(bin, "npx"), 0o755);
  const script = lines.flatMap((line, i) => [`echo "@@${i}"`, line, 'echo "exit $?"']);
  const { stdout, stderr } = spawnSync("sh", ["-c", script.join("\n")], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, PATH: `${bin}:${process.env["PATH"]}` },
  });
  expect(stderr).toBe("");
  const parts = stdout.split(/^@@\d+\n/m).slice(1);
  return lines.map((line, i) => ({ line: line.replace(/ *#.*/, ""), printed: parts[i] ?? "" }));
}

it("the tour of the README survives the kill of a leader with every acknowledged write", async () => {
  const port = await sixFreePorts();
  const up = "npx lockstep cluster up";
  const ran = run(tour().map((line) => line.replace(up, `${up} --port ${port}`)));
  const running = "  n\\d  http://127\\.0\\.0\\.1:\\d+  process \\d+  lockstep-cluster/n\\d\n";
  const three = `^A cluster of 3 is up:\n(${running}){3}\nIt runs on; stop it with: .*\nexit 0\n$`;
  const exercised =
    "\\d+ writes acknowledged, the slowest after \\d+ ms; \\d+ in doubt\nEvery acknowledged write is there, once\\.\n";
  const expected: readonly (readonly [line: string, printed: string])[] = [
    [`${up} --port ${port} --detach`, three],
    ["npx lockstep kv put greeting hello", "^exit 0\n$"],
    ["npx lockstep kv get greeting", "^hello\nexit 0\n$"],
    ["npx lockstep kv exercise --seconds 8 &", "^exit 0\n$"],
    ["kill -9 $(npx lockstep cluster leader --pid)", "^exit 0\n$"],
    ["wait", `^${exercised}exit 0\n$`],
    ["npx lockstep cluster status", "^term \\d+ · leader n\\d · .*\n(?:.*\n){4}exit 0\n$"],
    [`${up} --port ${port} --detach`, three],
    ["npx lockstep cluster down", "^Stopped n1, n2, n3\\.\nexit 0\n$"],
  ];
  expect(ran).toEqual(
    expected.map(([line, printed]) => ({ line, printed: expect.stringMatching(new RegExp(printed)) })),
  );
  const acknowledged = Number(/(\d+) writes acknowledged/.exec(ran[5]?.printed ?? "")?.[1]);
  expect(acknowledged).toBeGreaterThan(0);
});
