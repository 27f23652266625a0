/**
 * Loaded into the process of a server before the server (`node --import`): a disk that is slow, full or broken and a
 * clock that runs wrong, as the harness says over the channel of the process. Until it says something all is as it
 * was. The product has no switch for such things, so they are put under it.
 */
import fs from "node:fs";
import process from "node:process";

/** @typedef {import("./disorder.ts").Disorder} Disorder */
/** @typedef {(error: Error | null, count?: number) => void} Done */

/** @type {Disorder["disk"]} */
let disk = { kind: "sound" };
const clock = { rate: 1, from: 0, shown: 0, jumpMs: 0 };

const { write, fsync, fdatasync } = fs;
const steady = performance.now.bind(performance);
const epoch = Date.now;

// The clock that never goes back may run too fast or too slow, and that of the day may be set to anything.
performance.now = () => clock.shown + (steady() - clock.from) * clock.rate;
Date.now = () => epoch() + clock.jumpMs;

/** @param {number} descriptor @param {Uint8Array} data @param {number} offset @param {number} length @param {number} position @param {Done} done */
function faultyWrite(descriptor, data, offset, length, position, done) {
  if (disk.kind === "broken") {
    setImmediate(done, failure("EIO", "i/o error, write"));
    return;
  }
  if (disk.kind === "full" && disk.bytesLeft === 0) {
    setImmediate(done, failure("ENOSPC", "no space left on device, write"));
    return;
  }
  // A disk that fills up takes what it has room for, as the system call does.
  const taken = disk.kind === "full" ? Math.min(length, disk.bytesLeft) : length;
  if (disk.kind === "full") disk = { kind: "full", bytesLeft: disk.bytesLeft - taken };
  write(descriptor, data, offset, taken, position, late(done));
}

/** @param {(descriptor: number, done: Done) => void} sync */
function faultySync(sync) {
  return (/** @type {number} */ descriptor, /** @type {Done} */ done) => {
    if (disk.kind === "broken") setImmediate(done, failure("EIO", "i/o error, sync"));
    else sync(descriptor, late(done));
  };
}

/** @param {Done} done @returns {Done} */
function late(done) {
  if (disk.kind !== "slow") return done;
  const { delayMs } = disk;
  return (error, count) => {
    setTimeout(done, delayMs, error, count);
  };
}

/** @param {string} code @param {string} message */
function failure(code, message) {
  return Object.assign(new Error(`${code}: ${message}`), { code, syscall: "write" });
}

Object.assign(fs, { write: faultyWrite, fsync: faultySync(fsync), fdatasync: faultySync(fdatasync) });

process.on("message", (/** @type {Disorder} */ disorder) => {
  disk = disorder.disk;
  Object.assign(clock, {
    shown: performance.now(),
    from: steady(),
    rate: disorder.clockRate,
    jumpMs: disorder.clockJumpMs,
  });
  process.send?.("done");
});
// Servers do not outlive the harness, however it ends.
process.on("disconnect", () => process.exit(1));
process.channel?.unref();
