import { Configurations } from "./configurations.ts";
import { drawElectionTimeout } from "./election-timer.ts";
import type { NodeId } from "./entry.ts";
import { Log } from "./log.ts";
import type { Observer } from "./observer.ts";
import { Outbox } from "./outbox.ts";
import { Random } from "./random.ts";
import { type Settings, settingsProblems } from "./settings.ts";
import type { Durable, Node } from "./state.ts";

export interface StartOptions {
  readonly id: NodeId;
  readonly settings: Settings;
  readonly durable: Durable;
  /** Spreads election timeouts: servers of a cluster should differ in it. */
  readonly seed: number;
  /** Another one for each life of the server. */
  readonly incarnation: number;
  readonly observer: Observer;
}

/**
 * A server as it is after a start, new or again: a follower that knows what was durable (section 5.1 of the paper).
 * The state machine must be at the snapshot; what is committed after it is applied again as it becomes known.
 *
 * Throws where the settings or the durable state make no sense: whoever reads them from outside checks them first.
 */
export function start({ id, settings, durable, seed, incarnation, observer }: StartOptions): Node {
  const { snapshot, hardState } = durable;
  const problem = settingsProblems(settings)[0] ?? durableProblem(durable);
  if (problem !== undefined) throw new Error(`Server ${id} cannot start: ${problem}.`);
  const entries = durable.entries.filter((entry) => entry.index > snapshot.index);
  const log = new Log(snapshot.index, snapshot.term, entries);
  const node: Node = {
    id,
    settings,
    observer,
    random: new Random(seed),
    incarnation,
    term: hardState.term,
    votedFor: hardState.votedFor,
    log,
    configurations: new Configurations(snapshot, entries),
    snapshot,
    commit: snapshot.index,
    applied: snapshot.index,
    role: { kind: "follower", leader: null },
    now: 0,
    electionAt: 0,
    // A lease may rest on what this server heard before it stopped, so it gives no vote away for as long.
    heardAt: 0,
    durability: { asked: 0, index: log.lastIndex, underWay: [] },
    incoming: null,
    messageCount: 0,
    out: new Outbox(),
  };
  drawElectionTimeout(node);
  observer.followed("Restart", node, null);
  return node;
}

function durableProblem({ hardState, snapshot, entries }: Durable): string | undefined {
  let { index, term } = snapshot;
  const later = entries.filter((entry) => entry.index > snapshot.index);
  for (const entry of later) {
    if (entry.index !== index + 1) return `entry ${entry.index} follows ${index} in the log`;
    if (entry.term < term) return `entry ${entry.index} is of term ${entry.term}, after one of term ${term}`;
    index = entry.index;
    term = entry.term;
  }
  if (term > hardState.term) return `the log has an entry of term ${term}, and the current term is ${hardState.term}`;
  return undefined;
}
