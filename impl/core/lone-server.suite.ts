import {
  Audit,
  type Configuration,
  type Durable,
  defaultSettings,
  type Effects,
  type Entry,
  type Event,
  initialConfiguration,
  isJoint,
  type Message,
  type Node,
  type NodeId,
  noObserver,
  type Settings,
  start,
  step,
} from "./index.ts";

/** A step that asks for nothing. Tests say what differs from it. */
export const nothing: Effects = {
  sends: [],
  write: null,
  restore: null,
  apply: [],
  answers: [],
  chunkReads: [],
  releasedIndex: 0,
};

export function votersOf(...ids: NodeId[]): Configuration {
  return initialConfiguration(Object.fromEntries(ids.map((id) => [id, `at-${id}`])));
}

export interface LoneServerOptions {
  readonly id?: NodeId;
  readonly configuration?: Configuration;
  readonly settings?: Partial<Settings>;
  readonly term?: number;
  readonly votedFor?: NodeId | null;
  /** Terms of no-ops in its log. */
  readonly log?: readonly number[];
}

/** One server, whose whole world is the test. Every step is audited. */
export class LoneServer {
  readonly node: Node;
  readonly #audit: Audit;
  #messages = 0;

  constructor(options: LoneServerOptions = {}) {
    const { id = "a", configuration = votersOf("a", "b", "c"), settings = {}, log = [], votedFor = null } = options;
    const term = options.term ?? log.at(-1) ?? 0;
    const durable: Durable = {
      hardState: { term, votedFor },
      snapshot: { index: 0, term: 0, configuration, size: 0 },
      entries: noOps(1, ...log),
    };
    const all = { ...defaultSettings, ...settings };
    this.node = start({ id, settings: all, durable, seed: 1, incarnation: 1, observer: noObserver });
    this.#audit = new Audit(this.node);
  }

  step(event: Event): Effects {
    const effects = step(this.node, event);
    this.#audit.check(effects);
    return effects;
  }

  tick(count = 1): Effects[] {
    return Array.from({ length: count }, () => this.step({ kind: "tick" }));
  }

  /** Ticks until it stands for election, and gives the effects of that tick. */
  tickToElection(): Effects {
    for (let i = 0; i < 100; i += 1) {
      const { electionAt, now } = this.node;
      const effects = this.step({ kind: "tick" });
      if (now + 1 === electionAt) return effects;
    }
    throw new Error("no election timeout in a hundred ticks");
  }

  /** A message from another server, in the receiver's term unless the body says otherwise. */
  hear(from: NodeId, body: Body): Effects {
    this.#messages += 1;
    const message = { term: this.node.term, clock: 0, id: this.#messages, from, to: this.node.id, ...body } as Message;
    return this.step({ kind: "message", message });
  }

  /** Tells it that all it has asked for is durable. */
  written(): Effects {
    return this.step({ kind: "written", number: this.node.durability.asked });
  }

  /** Makes it lead the next term by the votes of `voters`. Its no-op is durable here, and nobody has answered it. */
  lead(...voters: NodeId[]): void {
    this.step({ kind: "campaign" });
    this.written();
    for (const voter of voters) this.hear(voter, { kind: "vote-response", granted: true });
    this.written();
    if (this.node.role.kind !== "leader") throw new Error(`it is a ${this.node.role.kind}`);
  }

  /** As `lead`, and its no-op is committed. */
  leadAndCommit(...voters: NodeId[]): void {
    this.lead(...voters);
    for (const voter of voters) this.hear(voter, { kind: "append-accepted", matchIndex: this.node.log.lastIndex });
  }

  /** Among `a` to `d`, of whom `b` and `c` are to leave: old and new voters decide together, and that is not committed. */
  leadJointly(): void {
    this.leadAndCommit("b", "c");
    this.step({ kind: "change", change: { id: 99, add: [], addLearners: [], remove: ["b", "c"] } });
    this.written();
    const matchIndex = this.node.log.lastIndex;
    for (const voter of ["b", "c"]) this.hear(voter, { kind: "append-accepted", matchIndex });
    if (!isJoint(this.node.configurations.latest)) throw new Error("the configuration is not joint");
  }
}

type Keys<M> = M extends Message
  ? Omit<M, "id" | "from" | "to" | "term" | "clock"> & { readonly term?: number }
  : never;
export type Body = Keys<Message>;

export function noOps(first: number, ...terms: number[]): Entry[] {
  return terms.map((term, i) => ({ kind: "no-op", index: first + i, term }));
}
