/**
 * The disk: a queue of writes between a server and what it has on disk, in place of a disk that is written at once. A server
 * goes on while a write is under way, writes finish in order, and a crash loses those that have not. What a message promises
 * is on disk before it leaves (figure 2, "updated on stable storage before responding to RPCs"; thesis §10.2.1).
 *
 * `writeQueue` turns it on. `onlyPromisesWait` lets refusals leave at once. `tornWrites` lets a crash leave a write half done.
 */
import { crash } from "./crash.ts";
import { finishWrite } from "./finish-write.ts";
import { startWrite } from "./start-write.ts";

export const diskActions = [startWrite, finishWrite, crash];
