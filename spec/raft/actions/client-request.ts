import { id } from "../../lang/index.ts";
import { mayAppend } from "../bounds.ts";
import { raft } from "../protocol.ts";

export const clientRequest = raft.action("ClientRequest", {
  says: "A leader receives a value from a client and appends it to its own log.",
  source: "figure 2, Leaders; §5.3; TLA+ ClientRequest",
  params: (c) => ({ i: id(c.Server), v: id(c.Value) }),
  guard: (s, { i }, c) => c.rules.takesRequests(s.servers.get(i), c) && mayAppend(s.servers.get(i), c),
  effect: (s, { i, v }) => {
    const me = s.servers.get(i);
    me.log.push({ term: me.term, value: v });
  },
});
