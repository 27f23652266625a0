import type { Configuration } from "./configuration.ts";
import { type Entry, entrySize } from "./entry.ts";
import type { Leader, Node } from "./state.ts";

type Payload =
  | { readonly kind: "no-op" }
  | { readonly kind: "command"; readonly data: Uint8Array }
  | { readonly kind: "configuration"; readonly configuration: Configuration };

/** A leader only ever appends to its own log (section 5.3 of the paper), and only in its own term. Returns the index. */
export function appendOwn(node: Node, leader: Leader, payload: Payload): number {
  const index = node.log.lastIndex + 1;
  const entry: Entry = { ...payload, index, term: node.term };
  node.log.append(entry);
  node.configurations.append(entry);
  node.out.entries.push(entry);
  leader.uncommittedBytes += entrySize(entry);
  return index;
}
