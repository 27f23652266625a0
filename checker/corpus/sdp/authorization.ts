/** How the client asks for access and the controller decides. */
import {
  config,
  type Endpoint,
  type Rule,
  type SdpConstants,
  type SdpState,
  type SpaMessage,
  sameEndpoint,
  sdp,
} from "./state.ts";

/** Stands for AES in the original: all that matters is that the same key undoes it and another does not. */
function encrypt({ ip, port }: Endpoint): Endpoint {
  return { ip: ip ^ config.client.key, port: port ^ config.client.key };
}

const decrypt = encrypt;

function hmacOf({ from, clientId, timestamp, client, server }: Omit<SpaMessage, "hmac">): number {
  const named = client === null ? 0 : client.ip + client.port;
  return (from.ip + clientId + timestamp + named + server.ip + server.port) ^ config.client.key;
}

/** The message a client sends under this time stamp, and the port its connection will come from. */
export function userMessage(timestamp: number, c: SdpConstants): SpaMessage {
  const { id, ip, basePort } = config.client;
  const message = {
    from: { ip, port: basePort + timestamp },
    to: config.controller,
    clientId: id,
    timestamp,
    client: c.Enhanced ? encrypt({ ip, port: basePort + timestamp + 1 }) : null,
    server: encrypt(config.server),
    sender: "User",
  } as const;
  return { ...message, hmac: hmacOf(message) };
}

/** What the firewall is told to admit for a message. */
export function admittedBy(message: SpaMessage): Rule {
  const to = decrypt(message.server);
  if (message.client === null) return { fromIp: message.from.ip, fromPort: null, to };
  const client = decrypt(message.client);
  return { fromIp: client.ip, fromPort: client.port, to };
}

/** A client's account is found by its name; that there is one account only is part of the configuration. */
function isAuthentic(message: SpaMessage): boolean {
  return message.clientId === config.client.id && hmacOf(message) === message.hmac;
}

function isReplay(s: SdpState, message: SpaMessage): boolean {
  return s.controller.authorized.some(
    (known) => known.clientId === message.clientId && known.timestamp === message.timestamp,
  );
}

export const usrCommitSpaAuth = sdp.action("UsrCommitSpaAuth", {
  says: "The user asks the controller for access.",
  part: (c) => !c.Enhanced,
  guard: (s) => s.user.state === "Start_Auth",
  effect: (s, _, c) => {
    s.user.state = "Auth_End";
    s.controller.channel.push(userMessage(s.user.timestamp, c));
    s.user.sessions.add(s.controller.channel.first);
    s.user.timestamp += 1;
  },
  fair: "weak",
});

export const sdpSvrProcSpaAuth = sdp.action("SDPSvrProcSpaAuth", {
  says: "The controller logs a replayed or a forged message, and has an authentic one admitted by the firewall.",
  source: "SDPSvrProcSpaAuth; SDPSvrProcSpaAuthEx where enhanced",
  guard: (s) => s.controller.channel.length > 0 && sameEndpoint(s.controller.channel.first.to, config.controller),
  effect: (s) => {
    const message = s.controller.channel.shift();
    if (isReplay(s, message)) {
      s.controller.replayCount += 1;
      s.controller.replays.add(message);
    } else if (isAuthentic(message)) {
      s.controller.authorized.add(message);
      s.firewall.controlChannel.push(admittedBy(message));
    } else {
      s.controller.spoofCount += 1;
      s.controller.spoofs.add(message);
    }
  },
  fair: "weak",
});
