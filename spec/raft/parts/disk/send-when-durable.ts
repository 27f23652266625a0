import type { Message } from "../../messages.ts";
import { transmit } from "../../network/network.ts";
import type { RaftConstants } from "../../protocol.ts";
import type { StateDraft } from "../../state.ts";
import { isWritten } from "./writes.ts";

/** A message that waits for the disk leaves at once where there is nothing to wait for. */
export function sendWhenDurable(s: StateDraft, m: Message, c: RaftConstants): void {
  const me = s.servers.get(m.from);
  const isDurable = me.writes.length === 0 && me.outbox.size === 0 && isWritten(me, c);
  if (isDurable || !c.rules.waitsForDisk(me, m, c)) transmit(s.network, m, c);
  else me.outbox.add(m);
}
