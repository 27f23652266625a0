import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { StorageError } from "../checker/index.ts";
import { storageLaws } from "../checker/spill/storage.suite.ts";
import { type OpenedStorage, openFolderStorage } from "./folder-storage.ts";

const root = mkdtempSync(join(tmpdir(), "lockstep-folder-storage-"));
afterAll(() => rmSync(root, { recursive: true }));

function opened(write: typeof writeSync = writeSync): OpenedStorage {
  const storage = openFolderStorage(root, write);
  if (!storage.ok) throw new Error(storage.message);
  return storage;
}

/** A `writeSync` that fails like this after so many bytes. */
function failing(code: string, bytesMax: number): typeof writeSync {
  let left = bytesMax;
  return (file: number, buffer: NodeJS.ArrayBufferView | string, ...place: unknown[]) => {
    const [offset = 0, length = 0, position = 0] = place.map(Number);
    if (typeof buffer === "string") throw new Error("no text is written");
    if (left === 0) throw Object.assign(new Error(`${code}: it failed, write`), { code });
    const taken = Math.min(left, length);
    left -= taken;
    return writeSync(file, buffer, offset, taken, position);
  };
}

describe("a storage in a folder", () => {
  for (const [says, law] of Object.entries(storageLaws)) {
    it(says, () => {
      const storage = opened();
      law(storage);
      storage.close();
      expect(readdirSync(root)).toEqual([]);
    });
  }

  it("has a folder of its own, which is gone when it is closed", () => {
    const storage = opened();
    expect(existsSync(storage.folder)).toBe(true);
    storage.create().write(Int32Array.of(1), 0);
    writeFileSync(join(storage.folder, "left"), "behind");
    const other = opened();
    expect(other.folder).not.toBe(storage.folder);
    storage.close();
    expect(existsSync(storage.folder)).toBe(false);
    expect(existsSync(other.folder)).toBe(true);
    other.close();
    expect(readdirSync(root)).toEqual([]);
  });

  it("is gone with a process that ends at once", () => {
    const before = process.listeners("exit");
    const storage = opened();
    storage.create().write(Int32Array.of(1), 0);
    const [atExit, ...others] = process.listeners("exit").filter((listener) => !before.includes(listener));
    expect(others).toEqual([]);
    atExit?.(130);
    expect(existsSync(storage.folder)).toBe(false);
    expect(process.listeners("exit")).toEqual(before);
  });

  it.each(["ENOSPC", "EDQUOT"])(
    "says that it is full where the system says %s, in the midst of a write, too",
    (code) => {
      const storage = opened(failing(code, 10));
      const file = storage.create();
      expect(file.write(Int32Array.of(1, 2), 0)).toBe(true);
      expect(file.write(Int32Array.of(3, 4), 2)).toBe(false);
      storage.close();
    },
  );

  it("throws what else the system says", () => {
    const storage = opened(failing("EIO", 0));
    expect(() => storage.create().write(Int32Array.of(1), 0)).toThrow(new StorageError("EIO: it failed, write"));
    storage.close();
  });

  it("is not opened where no folder can be made", () => {
    const file = join(root, "file");
    writeFileSync(file, "");
    const refused = openFolderStorage(join(file, "below"));
    expect(refused).toMatchObject({ ok: false, code: "ENOTDIR" });
    rmSync(file);
  });
});
