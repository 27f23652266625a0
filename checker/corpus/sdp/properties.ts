/**
 * What is asked of a software-defined perimeter. The original states the long-run properties as "from some time on,
 * always"; its behaviours all come to an end, and there that is the same as "again and again".
 */
import { admittedBy } from "./authorization.ts";
import { isAdmitted, isAdmittedFromAnyPort, wasDropped } from "./connection.ts";
import { type Rule, type SdpConstants, type SdpState, sameEndpoint, sdp } from "./state.ts";

export const dataAccessSafeLaw = sdp.invariant("DataAccessSafeLaw", {
  says: "The attacker never has a connection to the server.",
  source: "DataAccessSafeLaw",
  holds: (s) => s.attacker.links.every((link) => link.state !== "ESTABLISHED"),
});

export const spaSafeLaw = sdp.invariant("SPASafeLaw", {
  says: "The controller never authorizes a message of the attacker.",
  source: "SPASafeLaw",
  holds: (s) => s.controller.authorized.every((message) => message.sender !== "Attacker"),
});

export const spaAvailable = sdp.alwaysEventually("SPA_AvailableProperty", {
  says: "The controller has authorized what the user asked for and nothing else, and the firewall has had the rules.",
  source: "SPA_AvailableProperty",
  goal: (s) =>
    s.user.sessions.equals(s.controller.authorized) &&
    s.user.sessions.every((message) => [...rulesEver(s)].some((r) => isSameRule(r, admittedBy(message)))),
});

export const spaAntiDos = sdp.alwaysEventually("SPA_AntiDosProperty", {
  says: "Every captured message was turned into one attack, and the controller has noticed all attacks.",
  source: "SPA_AntiDosProperty",
  goal: (s) => {
    const { capturedAuth, sessions } = s.attacker;
    const { replays, spoofs } = s.controller;
    return (
      capturedAuth.isSubsetOf(s.user.sessions) &&
      capturedAuth.size === sessions.size &&
      sessions.equals(replays.union(spoofs))
    );
  },
});

export const userAccessAvailable = sdp.alwaysEventually("UserAccessAvailProperty", {
  says: "The user has opened a connection, and it is established unless the rule for it expired too soon.",
  source: "UserAccessAvailProperty",
  goal: (s) =>
    s.user.links.size > 0 &&
    s.user.links.every((link) => {
      const atServer = [...s.server.links].filter(
        (l) => sameEndpoint(link.to, l.from) && sameEndpoint(link.from, l.to),
      );
      if (link.state === "SYN_SENT") return atServer.length === 0 && isAdmittedFromAnyPort(link, s.firewall.agedRules);
      return atServer.some((l) => l.state === link.state) && isAdmitted(link, s.firewall.rules);
    }),
});

export const serverHidden = sdp.alwaysEventually("SvrHidenProperty", {
  says: "All connections at the server are established and the user's, and the attacker has none.",
  source: "SvrHidenProperty",
  goal: (s) =>
    s.server.links.every((link) => link.sender !== "Attacker" && link.state === "ESTABLISHED") &&
    s.attacker.links.every((link) => link.state !== "ESTABLISHED"),
});

export const firewallRulesConsistent = sdp.alwaysEventually("FwRuleConsistentProperty", {
  says: "The rules that the controller has had made are those for the user's authorizations.",
  source: "FwRuleConsistentProperty",
  goal: (s, c) => {
    const asked = [...s.user.sessions].map(admittedBy);
    const made = rulesByController(s, c);
    return (
      s.user.sessions.size === made.length &&
      asked.every((a) => made.some((r) => isSameRule(a, r))) &&
      made.every((r) => asked.some((a) => isSameRule(a, r))) &&
      (!c.Enhanced || s.firewall.agedRules.size === 0)
    );
  },
});

export const firewallCorrect = sdp.alwaysEventually("FwCorrectProperty", {
  says: "The firewall dropped a packet of every connection that is not established, and of no other but a second try.",
  source: "FwCorrectProperty",
  goal: (s) =>
    s.attacker.links.every((link) => wasDropped(s, link) === (link.state !== "ESTABLISHED")) &&
    s.user.links.every((link) => wasDropped(s, link) === (link.state !== "ESTABLISHED" || link.retransmitted)),
});

function rulesEver(s: SdpState): Iterable<Rule> {
  return s.firewall.rules.union(s.firewall.agedRules);
}

/** The rules that the firewall made itself are for one port, as all rules are where enhanced. */
function rulesByController(s: SdpState, c: SdpConstants): readonly Rule[] {
  return c.Enhanced ? [...s.firewall.rules] : [...rulesEver(s)].filter((r) => r.fromPort === null);
}

function isSameRule(a: Rule, b: Rule): boolean {
  return a.fromIp === b.fromIp && a.fromPort === b.fromPort && sameEndpoint(a.to, b.to);
}
