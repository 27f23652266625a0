/**
 * The models of software-defined perimeter: the published protocol, in which an attacker behind the user's NAT gets
 * through the firewall, and the authors' remedy.
 */
import type { ModelDeclaration } from "../../../spec/lang/index.ts";
import * as attacker from "./attacker.ts";
import * as authorization from "./authorization.ts";
import * as connection from "./connection.ts";
import * as properties from "./properties.ts";
import { sdp } from "./state.ts";

const origin = "tlaplus/Examples, SDP_Verification";

const softwareDefinedPerimeter = sdp.spec({
  says: "A client, a controller, a firewall, a server, and an attacker on the client's network.",
  source: origin,
  actions: [
    authorization.usrCommitSpaAuth,
    connection.usrConnectSvr,
    connection.usrConnectServerEnhance,
    connection.usrRcvSynAck,
    connection.usrReConnectServer,
    authorization.sdpSvrProcSpaAuth,
    connection.fwProcAclCfg,
    connection.fwProcEndPointAccess,
    connection.fwProcAclTimeOut,
    attacker.attackerSniffAuthChannel,
    attacker.attackerSpoofAuth,
    attacker.attackerReplayAuth,
    attacker.attackerBrutalAttack,
    attacker.attackerSniffDataChannel,
    attacker.attackerProbeSvr,
    attacker.attackerRcvSynAck,
    connection.serverRcvTcpSyn,
    connection.serverRcvTcpAck,
  ],
  properties: [
    properties.spaSafeLaw,
    properties.dataAccessSafeLaw,
    properties.spaAvailable,
    properties.spaAntiDos,
    properties.userAccessAvailable,
    properties.serverHidden,
    properties.firewallRulesConsistent,
    properties.firewallCorrect,
  ],
});

export const sdpModels: readonly ModelDeclaration[] = [
  {
    name: "sdp",
    spec: softwareDefinedPerimeter,
    says: "How an attacker who shares the user's address gets at the server.",
    properties: ["SPASafeLaw", "DataAccessSafeLaw"],
    deadlock: false,
    file: "checker/corpus/sdp/index.ts",
    expect: {
      verdict: "violated",
      violated: "DataAccessSafeLaw",
      traceLength: 11,
      source: `${origin}/SDP_Attack_Spec/MC; length by our own search, and each of its ten steps is needed`,
    },
  },
  {
    name: "sdp-enhanced",
    spec: softwareDefinedPerimeter,
    says: "The remedy: the firewall admits one connection, not everything from the user's address.",
    set: { Enhanced: true },
    properties: ["SPASafeLaw", "DataAccessSafeLaw"],
    deadlock: false,
    file: "checker/corpus/sdp/index.ts",
    expect: {
      verdict: "holds",
      distinct: 2_881,
      generated: 6_826,
      depth: 21,
      source: `${origin}/SDP_Attack_New_Solution_Spec/MC`,
    },
  },
];
