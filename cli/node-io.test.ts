import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { nodeIo } from "./node-io.ts";

const folder = mkdtempSync(join(tmpdir(), "lockstep-io-"));
afterAll(() => rmSync(folder, { recursive: true }));
const { files, version, heapBytes, heapBytesMax, collectGarbage } = nodeIo();

describe("writing a file", () => {
  it("makes the folders it needs, and leaves nothing beside the file", async () => {
    const path = join(folder, "new", "deeper", "trace.json");
    expect(await files.write(path, "one")).toEqual({ ok: true });
    expect(await files.write(path, "two")).toEqual({ ok: true });
    expect(readFileSync(path, "utf8")).toBe("two");
    expect(readdirSync(join(folder, "new", "deeper"))).toEqual(["trace.json"]);
  });

  it("follows a link, so that the link stays one", async () => {
    writeFileSync(join(folder, "real.json"), "old");
    symlinkSync("real.json", join(folder, "link.json"));
    await files.write(join(folder, "link.json"), "new");
    expect(readFileSync(join(folder, "real.json"), "utf8")).toBe("new");
  });

  it("gives the code of the system where it is refused", async () => {
    writeFileSync(join(folder, "file"), "");
    expect(await files.write(folder, "text")).toMatchObject({ ok: false, code: "EISDIR" });
    expect(await files.write(join(folder, "file", "trace.json"), "text")).toMatchObject({ ok: false, code: "ENOTDIR" });
  });

  it("gives ENOSPC for a disk that is full", async () => {
    // The device that is always full exists on Linux only; elsewhere there is nothing to try this on.
    if (!existsSync("/dev/full")) return;
    expect(await files.write("/dev/full", "text")).toMatchObject({ ok: false, code: "ENOSPC" });
  });
});

describe("reading a file", () => {
  it("gives its text, or the code of the system", async () => {
    writeFileSync(join(folder, "text.json"), "{}");
    expect(await files.read(join(folder, "text.json"))).toEqual({ ok: true, text: "{}" });
    expect(await files.read(join(folder, "nothing.json"))).toMatchObject({ ok: false, code: "ENOENT" });
    expect(await files.read(folder)).toMatchObject({ ok: false, code: "EISDIR" });
  });
});

describe("the world", () => {
  it("knows the version of the package", () => {
    const manifest = JSON.parse(readFileSync(join(import.meta.dirname, "..", "package.json"), "utf8"));
    expect(version).toBe(manifest.version);
  });

  it("knows the heap and its limit, and takes out the garbage", () => {
    expect(heapBytes()).toBeLessThan(heapBytesMax);
    const littered = litter();
    collectGarbage();
    expect(heapBytes()).toBeLessThan(littered - 1e7);
  });
});

/** Fills the heap with what nobody holds any more when it returns; how full it was. */
function litter(): number {
  const objects = Array.from({ length: 1e6 }, (_, number) => ({ number }));
  return objects.length > 0 ? heapBytes() : 0;
}
