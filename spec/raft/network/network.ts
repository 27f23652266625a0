/**
 * The network between the servers. Everything the protocol asks of it is in this file: what it holds, what it can
 * deliver, and how a message goes in and out. To give Raft another network, replace this file.
 *
 * Two are built in. The bag delivers in any order, can duplicate and can lose. The channels keep the order between
 * each sender and receiver.
 */
import { bag, type DraftOf, id, map, type OfKind, part, record, sequence, type ViewOf } from "../../lang/index.ts";
import type { Constants } from "../constants.ts";
import { type Message, messageSchema } from "../messages.ts";

export const networkSchema = (c: Constants) =>
  record({
    bag: part(c.network === "bag", bag(messageSchema(c), { copies: c.maxInFlight + c.maxDuplicates })),
    channels: part(
      c.network === "channels",
      map(id(c.Server), map(id(c.Server), sequence(messageSchema(c), c.maxInFlight + c.maxDuplicates))),
    ),
  });

type Network = ViewOf<ReturnType<typeof networkSchema>>;
type NetworkDraft = DraftOf<ReturnType<typeof networkSchema>>;

/** The messages of one kind that can be received now, each once. */
export function deliverable<K extends Message["kind"]>(
  network: Network,
  kind: K,
  c: Constants,
): readonly OfKind<Message, K>[] {
  if (c.network === "bag") return network.bag.ofKind(kind);
  return heads(network, c).filter((m): m is OfKind<Message, K> => m.kind === kind);
}

/** The messages that can be received now, each once. */
export function anyDeliverable(network: Network, c: Constants): Iterable<Message> {
  return c.network === "bag" ? network.bag : heads(network, c);
}

/** The oldest message of every channel that has one. */
function heads(network: Network, c: Constants): readonly Message[] {
  return c.Server.flatMap((from) =>
    c.Server.flatMap((to) => {
      const channel = network.channels.get(from).get(to);
      return channel.length === 0 ? [] : [channel.first];
    }),
  );
}

/** Whether a copy of this very message is on its way. */
export function isInFlight(network: Network, m: Message, c: Constants): boolean {
  return c.network === "bag" ? network.bag.has(m) : network.channels.get(m.from).get(m.to).has(m);
}

/** How many messages are on their way. */
export function inFlight(network: Network, c: Constants): number {
  if (c.network === "bag") return network.bag.size;
  let size = 0;
  for (const from of c.Server) for (const to of c.Server) size += network.channels.get(from).get(to).length;
  return size;
}

export function transmit(network: NetworkDraft, m: Message, c: Constants): void {
  if (c.network === "bag") network.bag.add(m);
  else network.channels.get(m.from).get(m.to).push(m);
}

/** Takes a message out of the network: it was received, or it was lost. */
export function takeOut(network: NetworkDraft, m: Message, c: Constants): void {
  if (c.network === "bag") network.bag.remove(m);
  else network.channels.get(m.from).get(m.to).shift();
}
