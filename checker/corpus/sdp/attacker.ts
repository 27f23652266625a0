/** What the attacker does with what it hears on the client's network. */
import {
  acknowledgementOf,
  config,
  type Endpoint,
  isAnswerOn,
  type Knowledge,
  type Packet,
  type SdpDraft,
  type SdpState,
  type SpaMessage,
  sdp,
} from "./state.ts";

/** The positions, from one, of what the user sent among what waits in a channel. */
function positionsOfUser(channel: Iterable<{ readonly sender: Packet["sender"] }>): readonly number[] {
  return ofUser(channel).map((_, i) => i + 1);
}

function ofUser<M extends { readonly sender: Packet["sender"] }>(channel: Iterable<M>): readonly M[] {
  return [...channel].filter((message) => message.sender === "User");
}

/**
 * With something captured before, the original takes any set of messages that differ from it, and the checker's choice
 * is the empty set: the attacker hears, counts, and learns nothing.
 */
function newlyCaptured<M extends SpaMessage | Packet>(
  channel: Iterable<M>,
  captured: { readonly size: number },
): readonly M[] {
  return captured.size === 0 ? ofUser(channel) : [];
}

export const attackerSniffAuthChannel = sdp.action("AttackerSniffAuthChannel", {
  says: "The attacker captures the user's message to the controller.",
  params: () => ({ position: sdp.found((s) => positionsOfUser(s.controller.channel)) }),
  guard: (s, { position }) => {
    const heard = ofUser(s.controller.channel)[position - 1];
    return heard !== undefined && s.attacker.capturedAuth.every((known) => known.timestamp !== heard.timestamp);
  },
  effect: (s) => {
    const { capturedAuth, authKnowledge } = s.attacker;
    for (const message of newlyCaptured(s.controller.channel, capturedAuth)) {
      authKnowledge.add(message);
      capturedAuth.add(message);
    }
    s.attacker.sniffCount += 1;
  },
  fair: "weak",
});

export const attackerSniffDataChannel = sdp.action("AttackerSniffDataChannel", {
  says: "The attacker captures a packet that the user sends to the server.",
  params: () => ({ position: sdp.found((s) => positionsOfUser(s.firewall.dataChannel)) }),
  guard: (s, { position }) => {
    const heard = ofUser(s.firewall.dataChannel)[position - 1];
    return heard !== undefined && s.attacker.capturedData.every((known) => isNewConnection(heard, known));
  },
  effect: (s) => {
    const { capturedData, dataKnowledge } = s.attacker;
    for (const packet of newlyCaptured(s.firewall.dataChannel, capturedData)) {
      dataKnowledge.add({ kind: "Packet", packet });
      capturedData.add(packet);
    }
    s.attacker.sniffCount += 1;
  },
  fair: "weak",
});

function isNewConnection({ to, flag }: Packet, known: Packet): boolean {
  return to.ip !== known.to.ip && to.port !== known.to.port && flag === "TCP_SYN";
}

export const attackerSpoofAuth = sdp.action("AttackerSpoofAuth", {
  says: "The attacker sends a captured message under the next time stamp.",
  guard: (s) => s.attacker.authKnowledge.size > 0,
  effect: (s) => {
    const captured = anyOf(s.attacker.authKnowledge);
    sendToController(s, captured, { ...captured, timestamp: captured.timestamp + 1, sender: "Attacker" });
  },
  fair: "weak",
});

export const attackerReplayAuth = sdp.action("AttackerReplayAuth", {
  says: "The attacker sends a captured message again as it is.",
  guard: (s) => s.attacker.authKnowledge.size > 0,
  effect: (s) => {
    const captured = anyOf(s.attacker.authKnowledge);
    sendToController(s, captured, { ...captured, sender: "Attacker" });
  },
  fair: "weak",
});

/** The one member there is: the user asks once, so what the attacker knows never has two. */
function anyOf<E>(known: Iterable<E>): E {
  for (const element of known) return element;
  throw new RangeError("nothing is known");
}

function sendToController(s: SdpDraft, captured: SpaMessage, message: SpaMessage): void {
  s.controller.channel.push(message);
  s.attacker.sessions.add(message);
  s.attacker.authKnowledge.remove(captured);
}

export const attackerBrutalAttack = sdp.action("AttackerBrutalAttck", {
  says: "The attacker opens a connection to where its message to the controller seems to point, encrypted as that is.",
  params: () => ({ session: sdp.found((s) => s.attacker.sessions) }),
  guard: (s, { session }) => s.attacker.links.every((link) => link.authId !== session.timestamp),
  effect: (s, { session }) => connect(s, session.server, session.timestamp),
  fair: "weak",
});

/**
 * What is left to probe afterwards is, in the original, the captured authorizations and not the captured packets. It
 * reads like a slip of the pen; with it the attacker may go on to open a connection to the controller.
 */
export const attackerProbeSvr = sdp.action("AttackerProbeSvr", {
  says: "The attacker opens a connection to where a captured packet was going.",
  guard: (s) => s.attacker.dataKnowledge.size > 0,
  effect: (s) => {
    const { dataKnowledge, authKnowledge } = s.attacker;
    const probed = anyOf(dataKnowledge);
    connect(s, destinationOf(probed), null);
    dataKnowledge.assign([...authKnowledge].map((message): Knowledge => ({ kind: "Authorization", message })));
    dataKnowledge.remove(probed);
  },
  fair: "weak",
});

function destinationOf(known: Knowledge): Endpoint {
  return known.kind === "Packet" ? known.packet.to : known.message.to;
}

function connect(s: SdpDraft, to: Endpoint, authId: number | null): void {
  const from = { ip: config.attacker.ip, port: config.attacker.basePort + s.attacker.linkCount };
  s.attacker.linkCount += 1;
  s.attacker.links.add({ from, to, state: "SYN_SENT", authId });
  s.firewall.dataChannel.push({ from, to, flag: "TCP_SYN", sender: "Attacker" });
}

export const attackerRcvSynAck = sdp.action("AttackerRcvSynAck", {
  says: "The attacker learns that the server has answered, and acknowledges it: it is in.",
  params: () => ({ link: sdp.found((s) => s.attacker.links) }),
  guard: (s, { link }) => answersAttacker(s, link) && link.state === "SYN_SENT",
  effect: (s, { link }) => {
    s.attacker.links.remove(link);
    s.attacker.links.add({ ...link, state: "ESTABLISHED" });
    s.firewall.dataChannel.push(acknowledgementOf(s.attacker.channel.shift(), "Attacker"));
  },
  fair: "weak",
});

function answersAttacker(s: SdpState, link: { readonly from: Endpoint; readonly to: Endpoint }): boolean {
  const { channel } = s.attacker;
  if (channel.length === 0) return false;
  return channel.first.flag === "TCP_SYN_ACK" && channel.first.sender === "Attacker" && isAnswerOn(channel.first, link);
}
