/** How the user connects to the server, through the firewall. */
import { userMessage } from "./authorization.ts";
import {
  acknowledgementOf,
  config,
  isAnswerOn,
  type Packet,
  type Rule,
  type SdpState,
  sameEndpoint,
  sdp,
} from "./state.ts";

/** The original takes the port from the latest authorization, which is the one before the next time stamp. */
function synOf(timestamp: number): Packet {
  const { ip, basePort } = config.client;
  return { from: { ip, port: basePort + timestamp + 1 }, to: config.server, flag: "TCP_SYN", sender: "User" };
}

export const usrConnectSvr = sdp.action("UsrConnectSvr", {
  says: "The user, having asked for access, connects to the server.",
  part: (c) => !c.Enhanced,
  guard: (s) => s.user.state === "Auth_End" && s.user.sessions.size > 0 && s.user.links.size === 0,
  effect: (s) => {
    const syn = synOf(s.user.timestamp - 1);
    s.user.state = "Connecting";
    s.user.links.add({ from: syn.from, to: syn.to, state: "SYN_SENT", retransmitted: false });
    s.firewall.dataChannel.push(syn);
  },
  fair: "weak",
});

export const usrConnectServerEnhance = sdp.action("UsrConnectServerEnhance", {
  says: "The user asks for access and connects in one go.",
  part: (c) => c.Enhanced,
  guard: (s) => s.user.state === "Start_Auth",
  effect: (s, _, c) => {
    const { timestamp } = s.user;
    const syn = synOf(timestamp);
    s.user.state = "Connecting";
    s.controller.channel.push(userMessage(timestamp, c));
    s.user.sessions.add(s.controller.channel.first);
    s.user.links.assign([{ from: syn.from, to: syn.to, state: "SYN_SENT", retransmitted: false }]);
    s.firewall.dataChannel.push(syn);
    s.user.timestamp += 1;
  },
  fair: "weak",
});

export const usrReConnectServer = sdp.action("UsrReConnectServer", {
  says: "The user tries again where the firewall dropped the first packet before it knew the rule.",
  part: (c) => c.Enhanced,
  params: () => ({ link: sdp.found((s) => s.user.links) }),
  guard: (s, { link }) =>
    s.user.state === "Connecting" &&
    link.state === "SYN_SENT" &&
    wasDropped(s, link) &&
    isAdmitted(link, s.firewall.rules),
  effect: (s, { link }) => {
    s.user.state = "Reconnecting";
    s.user.links.remove(link);
    s.user.links.add({ ...link, retransmitted: true });
    s.firewall.dataChannel.push({ from: link.from, to: link.to, flag: "TCP_SYN", sender: "User" });
  },
  fair: "weak",
});

export const usrRcvSynAck = sdp.action("UsrRcvSynAck", {
  says: "The user learns that the server has answered, and acknowledges it.",
  params: () => ({ link: sdp.found((s) => s.user.links) }),
  guard: (s, { link }) => {
    const { state, channel } = s.user;
    if ((state !== "Connecting" && state !== "Reconnecting") || channel.length === 0) return false;
    return channel.first.flag === "TCP_SYN_ACK" && channel.first.sender === "User" && isAnswerOn(channel.first, link);
  },
  effect: (s, { link }) => {
    s.user.links.remove(link);
    s.user.links.add({ ...link, state: "ESTABLISHED" });
    s.user.state = "Connected";
    s.firewall.dataChannel.push(acknowledgementOf(s.user.channel.shift(), "User"));
  },
  fair: "weak",
});

type Rules = SdpState["firewall"]["rules"];
type Connection = Pick<Packet, "from" | "to">;

export function wasDropped(s: SdpState, { from, to }: Connection): boolean {
  return s.firewall.dropped.some((p) => sameEndpoint(p.from, from) && sameEndpoint(p.to, to));
}

/** By a rule for exactly this connection. */
export function isAdmitted({ from, to }: Connection, rules: Rules): boolean {
  return rules.some((r) => r.fromIp === from.ip && r.fromPort === from.port && sameEndpoint(r.to, to));
}

/** By a rule for any port. */
export function isAdmittedFromAnyPort({ from, to }: Connection, rules: Rules): boolean {
  return rules.some((r) => r.fromIp === from.ip && r.fromPort === null && sameEndpoint(r.to, to));
}

export const fwProcAclCfg = sdp.action("FwProcAclCfg", {
  says: "The firewall takes up a rule from the controller.",
  guard: (s) => s.firewall.controlChannel.length > 0,
  effect: (s) => s.firewall.rules.add(s.firewall.controlChannel.shift()),
  fair: "weak",
});

export const fwProcEndPointAccess = sdp.action("FwProcEndPointAccess", {
  says: "The firewall passes a packet that a rule admits, with a rule of its own for the connection, or drops it.",
  source: "FwProcEndPointAccess; FwProcEndPointAccessEx where enhanced, when no rule is for any port",
  guard: (s) => s.firewall.dataChannel.length > 0 && s.firewall.dataChannel.first.flag !== "TCP_SYN_ACK",
  effect: (s) => {
    const { rules, dropped, dataChannel } = s.firewall;
    const p = dataChannel.shift();
    if (isAdmitted(p, rules)) s.server.channel.push(p);
    else if (isAdmittedFromAnyPort(p, rules)) {
      s.server.channel.push(p);
      rules.add({ fromIp: p.from.ip, fromPort: p.from.port, to: p.to });
    } else dropped.add(p);
  },
  fair: "weak",
});

export const fwProcAclTimeOut = sdp.action("FwProcAclTimeOut", {
  says: "A rule for any port expires.",
  part: (c) => !c.Enhanced,
  params: () => ({ rule: sdp.found<Rule>((s) => s.firewall.rules) }),
  guard: (_, { rule }) => rule.fromPort === null,
  effect: (s, { rule }) => {
    s.firewall.rules.remove(rule);
    s.firewall.agedRules.add(rule);
  },
  fair: "weak",
});

/** The original looks for the connection among the known ones by comparing the wrong ends, and so never finds it. */
export const serverRcvTcpSyn = sdp.action("ServerRcvTCPSyn", {
  says: "The server answers a connection, whoever opens it; answers bypass the firewall.",
  guard: (s) => {
    const { channel } = s.server;
    return channel.length > 0 && channel.first.flag === "TCP_SYN" && sameEndpoint(channel.first.to, config.server);
  },
  effect: (s) => {
    const { from: client, to: server, sender } = s.server.channel.shift();
    s.server.links.add({ from: server, to: client, state: "SYN_RCVD", sender });
    const answer: Packet = { from: server, to: client, flag: "TCP_SYN_ACK", sender };
    if (sender === "User") s.user.channel.push(answer);
    else s.attacker.channel.push(answer);
  },
  fair: "weak",
});

export const serverRcvTcpAck = sdp.action("ServerRcvTcpAck", {
  says: "The server learns that its answer has arrived: the connection is established.",
  params: () => ({ link: sdp.found((s) => s.server.links) }),
  guard: (s, { link }) => {
    const { channel } = s.server;
    if (channel.length === 0 || channel.first.flag !== "TCP_ACK") return false;
    return isAnswerOn(channel.first, link) && link.state === "SYN_RCVD";
  },
  effect: (s, { link }) => {
    s.server.channel.shift();
    s.server.links.remove(link);
    s.server.links.add({ ...link, state: "ESTABLISHED" });
  },
  fair: "weak",
});
