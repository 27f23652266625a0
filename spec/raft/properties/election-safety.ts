import { raft } from "../protocol.ts";

export const electionSafety = raft.invariant("ElectionSafety", {
  says: "At most one leader can be elected in a given term.",
  source: "figure 3; §5.2; TLA+ ElectionSafety",
  when: (s) => s.servers.some((me) => me.role === "Leader"),
  holds: (s) =>
    s.servers.every((a, i) =>
      s.servers.every((b, j) => i === j || !(a.role === "Leader" && b.role === "Leader" && a.term === b.term)),
    ),
});
