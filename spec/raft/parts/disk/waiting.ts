import type { Constants } from "../../constants.ts";
import type { Message } from "../../messages.ts";
import type { State } from "../../state.ts";

/** How many messages wait for the disks of their senders. */
export function waitingForDisks(s: State, c: Constants): number {
  if (!c.writeQueue) return 0;
  let waiting = 0;
  for (const i of c.Server) {
    const { outbox, writes } = s.servers.get(i);
    waiting += outbox.size;
    for (const { messages } of writes) waiting += messages.size;
  }
  return waiting;
}

/** Whether this very message waits for the disk of its sender. */
export function isWaitingForDisk(s: State, m: Message, c: Constants): boolean {
  if (!c.writeQueue) return false;
  const { outbox, writes } = s.servers.get(m.from);
  return outbox.has(m) || writes.some(({ messages }) => messages.has(m));
}
