import { snapshotTaken } from "./compaction.ts";
import { written } from "./durability.ts";
import type { Effects } from "./effects.ts";
import { campaign } from "./election.ts";
import type { Event } from "./event.ts";
import { changeMembers } from "./membership.ts";
import { effectsOf, Outbox } from "./outbox.ts";
import { propose } from "./proposals.ts";
import { read } from "./reads.ts";
import { receive } from "./receiving.ts";
import { chunkRead } from "./snapshot-sending.ts";
import type { Node } from "./state.ts";
import { tick } from "./ticking.ts";
import { transfer } from "./transfer.ts";

/**
 * Tells a server what happened, and says what it wants done about it. The server is changed; the effects are new. The
 * same events give the same effects, always: there is no other input.
 */
export function step(node: Node, event: Event): Effects {
  node.out = new Outbox();
  follow(node, event);
  return effectsOf(node);
}

function follow(node: Node, event: Event): void {
  switch (event.kind) {
    case "tick":
      tick(node);
      return;
    case "message":
      receive(node, event.message);
      return;
    case "propose":
      propose(node, event.proposals);
      return;
    case "read":
      read(node, event.id, event.by);
      return;
    case "change":
      changeMembers(node, event.change);
      return;
    case "transfer":
      transfer(node, event.id, event.to);
      return;
    case "campaign":
      campaign(node, "forced");
      return;
    case "written":
      written(node, event.number);
      return;
    case "snapshot-taken":
      snapshotTaken(node, event.index, event.size);
      return;
    case "chunk-read":
      chunkRead(node, event);
      return;
  }
}
