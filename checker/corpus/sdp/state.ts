/**
 * Software-defined perimeter (Dong and Niu): a firewall drops everything until a controller, convinced by a single
 * encrypted packet, tells it to let a client through to a server. An attacker listens on the client's network.
 */
import {
  boolean,
  type ConstantsOf,
  type DraftOf,
  flag,
  integer,
  oneOf,
  option,
  protocol,
  record,
  sequence,
  set,
  union,
  type ViewOf,
} from "../../../spec/lang/index.ts";

const constants = {
  Enhanced: flag({
    default: false,
    says: "whether an authorization names the client's port, so that the firewall admits one connection only",
  }),
};

export type SdpConstants = ConstantsOf<typeof constants>;

/** What the original fixes in its configuration. Client and attacker share an address: they are behind one NAT. */
export const config = {
  client: { ip: 11, id: 1, key: 44, basePort: 1024 },
  controller: { ip: 12, port: 8000 },
  server: { ip: 22, port: 80 },
  attacker: { ip: 11, basePort: 2024 },
} as const;

/** No attack in the model sends more than this; a counter or a channel that did would be reported. */
const few = 8;

const ip = integer(0, 255);
const port = integer(0, 65_535);
const counter = integer(0, few);
const sender = oneOf("User", "Attacker");

const endpoint = record({ ip, port });

/** A single packet that asks for authorization. `client` and `server` are encrypted. */
const spaMessage = record({
  from: endpoint,
  to: endpoint,
  clientId: integer(config.client.id, config.client.id),
  timestamp: counter,
  /** Null unless enhanced. */
  client: option(endpoint),
  server: endpoint,
  hmac: port,
  sender,
});

/** A packet of the handshake of TCP, which stands for all access to data. */
const packet = record({ from: endpoint, to: endpoint, flag: oneOf("TCP_SYN", "TCP_SYN_ACK", "TCP_ACK"), sender });

/** What the firewall lets through: from any port where `fromPort` is null. */
const rule = record({ fromIp: ip, fromPort: option(port), to: endpoint });

const userLink = record({
  from: endpoint,
  to: endpoint,
  state: oneOf("SYN_SENT", "ESTABLISHED"),
  retransmitted: boolean(),
});

const attackerLink = record({
  from: endpoint,
  to: endpoint,
  state: oneOf("SYN_SENT", "ESTABLISHED"),
  /** The time stamp of the attack on the controller that it follows up; null where it follows up a captured packet. */
  authId: option(counter),
});

/** Seen from the server: `from` is the server. */
const serverLink = record({ from: endpoint, to: endpoint, state: oneOf("SYN_RCVD", "ESTABLISHED"), sender });

/** What the attacker takes a destination from; AttackerProbeSvr says how an authorization gets among the packets. */
const knowledge = union({ Packet: { packet }, Authorization: { message: spaMessage } });

const state = record({
  user: record({
    state: oneOf("Start_Auth", "Auth_End", "Connecting", "Reconnecting", "Connected"),
    timestamp: counter,
    links: set(userLink),
    sessions: set(spaMessage),
    channel: sequence(packet, few),
  }),
  controller: record({
    authorized: set(spaMessage),
    replayCount: counter,
    replays: set(spaMessage),
    spoofCount: counter,
    spoofs: set(spaMessage),
    channel: sequence(spaMessage, few),
  }),
  firewall: record({
    rules: set(rule),
    agedRules: set(rule),
    dropped: set(packet),
    controlChannel: sequence(rule, few),
    dataChannel: sequence(packet, few),
  }),
  attacker: record({
    /** Captured and not made use of yet. */
    authKnowledge: set(spaMessage),
    dataKnowledge: set(knowledge),
    capturedAuth: set(spaMessage),
    capturedData: set(packet),
    sniffCount: counter,
    sessions: set(spaMessage),
    links: set(attackerLink),
    linkCount: counter,
    channel: sequence(packet, few),
  }),
  server: record({ links: set(serverLink), channel: sequence(packet, few) }),
});

export const sdp = protocol("SDP", { constants, state: () => state });

export type SdpState = ViewOf<typeof state>;
export type SdpDraft = DraftOf<typeof state>;
export type Endpoint = ViewOf<typeof endpoint>;
export type SpaMessage = ViewOf<typeof spaMessage>;
export type Packet = ViewOf<typeof packet>;
export type Knowledge = ViewOf<typeof knowledge>;
export type Rule = ViewOf<typeof rule>;

export function sameEndpoint(a: Endpoint, b: Endpoint): boolean {
  return a.ip === b.ip && a.port === b.port;
}

/** Whether a packet travels against the direction in which the link was opened: it answers whoever opened it. */
export function isAnswerOn(p: Packet, link: { readonly from: Endpoint; readonly to: Endpoint }): boolean {
  return sameEndpoint(p.from, link.to) && sameEndpoint(p.to, link.from);
}

export function acknowledgementOf(p: Packet, sentBy: Packet["sender"]): Packet {
  return { from: p.to, to: p.from, flag: "TCP_ACK", sender: sentBy };
}
