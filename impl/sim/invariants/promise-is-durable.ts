import type { BoundMessage } from "../../core/index.ts";
import type { DiskContent } from "../disk.ts";
import { Violation } from "./violation.ts";

/** PromiseIsDurable (figure 2: "updated on stable storage before responding"): what a message promises is on disk. */
export function checkPromiseIsDurable(message: BoundMessage, disk: DiskContent): void {
  const { from, to, term } = message;
  const { hardState } = disk;
  // Of an earlier term: what was promised may have been overwritten rightly since.
  if (term < hardState.term) return;
  const fail = (what: string): never => {
    throw new Violation("PromiseIsDurable", from, `${from} ${what}, which is not on its disk`);
  };
  switch (message.kind) {
    case "vote-request":
    case "vote-response": {
      if (message.kind === "vote-response" && !message.granted) return;
      const candidate = message.kind === "vote-request" ? from : to;
      if (hardState.term !== term || hardState.votedFor !== candidate) {
        fail(`votes for ${candidate} in term ${term}`);
      }
      return;
    }
    case "append-accepted":
      if (disk.lastIndex < message.matchIndex) fail(`acknowledges entry ${message.matchIndex} in term ${term}`);
      return;
    case "chunk-accepted":
      // Which piece comes next binds nobody: a snapshot counts when all of it is acknowledged like entries.
      return;
  }
}
