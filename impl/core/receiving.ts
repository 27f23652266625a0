import { acceptAppend, hearHeartbeat } from "./append.ts";
import { countPreVote, countVote, timeoutNow } from "./election.ts";
import { heartbeatAnswered } from "./heartbeat.ts";
import type { Message } from "./message.ts";
import { send } from "./outbox.ts";
import { appendAccepted, appendRefused } from "./replication.ts";
import { acceptChunk } from "./snapshot-receiving.ts";
import { chunkAccepted } from "./snapshot-sending.ts";
import type { Leader, Node } from "./state.ts";
import { adoptTerm, becomeFollower } from "./term.ts";
import { answerPreVote, answerVote, mustProtectLeader } from "./vote.ts";

/** Terms come first: an older one is told so, a later one is adopted, and then the message is for this term. */
export function receive(node: Node, message: Message): void {
  if (message.to !== node.id) return;
  // A pre-vote asks about a term that nobody is in yet, and neither it nor its grant changes anybody's.
  if (message.kind === "pre-vote-request") {
    answerPreVote(node, message);
    return;
  }
  if (message.kind === "pre-vote-response" && message.granted) {
    countPreVote(node, message);
    return;
  }
  if (message.term < node.term) {
    answerOldTerm(node, message);
    return;
  }
  if (message.term > node.term) {
    if (message.kind === "vote-request" && mustProtectLeader(node, message)) return;
    adoptTerm(node, message.term, message);
  }
  if (node.role.kind === "leader") receiveAsLeader(node, node.role, message);
  else receiveAsOther(node, message);
}

/** Only those who ask are told: answers to answers would never end. */
function answerOldTerm(node: Node, message: Message): void {
  switch (message.kind) {
    case "vote-request":
    case "append-request":
    case "heartbeat":
    case "snapshot-chunk":
      send(node, message.from, { kind: "term-notice" });
      return;
    default:
      return;
  }
}

function receiveAsLeader(node: Node, leader: Leader, message: Message): void {
  switch (message.kind) {
    case "append-accepted":
      appendAccepted(node, leader, message);
      return;
    case "append-refused":
      appendRefused(node, leader, message);
      return;
    case "heartbeat-response":
      heartbeatAnswered(node, leader, message);
      return;
    case "chunk-accepted":
      chunkAccepted(node, leader, message);
      return;
    case "vote-request":
      answerVote(node, message);
      return;
    case "append-request":
    case "heartbeat":
    case "snapshot-chunk":
      throw new Error(`${message.from} and ${node.id} both lead in term ${node.term}`);
    default:
      return;
  }
}

function receiveAsOther(node: Node, message: Message): void {
  switch (message.kind) {
    case "append-request":
      becomeFollower(node, message.from);
      acceptAppend(node, message);
      return;
    case "heartbeat":
      becomeFollower(node, message.from);
      hearHeartbeat(node, message);
      return;
    case "snapshot-chunk":
      becomeFollower(node, message.from);
      acceptChunk(node, message);
      return;
    case "vote-request":
      answerVote(node, message);
      return;
    case "vote-response":
      countVote(node, message);
      return;
    case "pre-vote-response":
      countPreVote(node, message);
      return;
    case "timeout-now":
      timeoutNow(node, message);
      return;
    default:
      return;
  }
}
