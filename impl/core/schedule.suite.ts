import { Cluster, type Life, type Server } from "./cluster.suite.ts";
import { ClusterLaws } from "./cluster-laws.suite.ts";
import { type Effects, isChanging, isJoint, type Message, membersOf, type NodeId, type Settings } from "./index.ts";

const ids = ["a", "b", "c", "d", "e"];

/** What can happen next, and how often it is meant to, message by message. `choice` below says to whom. */
const fineWeights = {
  deliver: 500,
  tick: 160,
  sync: 160,
  propose: 60,
  read: 40,
  readByLease: 40,
  readChunk: 60,
  duplicate: 20,
  lose: 15,
  snapshot: 12,
  save: 15,
  change: 6,
  transfer: 6,
  campaign: 6,
  crash: 4,
  restart: 10,
  cut: 5,
  mend: 3,
  calm: 40,
};
export type ActionKind = keyof typeof fineWeights;

/** As above, in great strides: most that is under way arrives, and leaders come and go behind cut links. */
const coarseWeights: Record<ActionKind, number> = {
  deliver: 100,
  tick: 250,
  sync: 20,
  propose: 120,
  read: 40,
  readByLease: 160,
  readChunk: 10,
  duplicate: 20,
  lose: 15,
  snapshot: 10,
  save: 10,
  change: 10,
  transfer: 15,
  campaign: 40,
  crash: 10,
  restart: 15,
  cut: 50,
  mend: 15,
  calm: 220,
};

const fine = tableOf(fineWeights);
const coarse = tableOf(coarseWeights);

function tableOf(weights: Record<ActionKind, number>): readonly ActionKind[] {
  return Object.entries(weights).flatMap(([kind, weight]) => Array.from({ length: weight }, () => kind as ActionKind));
}

/** Two whole numbers: which kind of action, and to whom it happens. */
export type Action = readonly [kind: number, choice: number];
export const kindCount = fine.length;
export const choiceMax = 2 ** 20;

export interface ScheduleOptions {
  readonly voterCount: number;
  /** All clocks run alike, and reads by lease are allowed. */
  readonly hasLeases: boolean;
  /** Messages arrive in any order, or mostly in the order in which they were sent. */
  readonly reorders: boolean;
  readonly trailingEntries: number;
  readonly promotionLagMax: number;
  /** Quiet rounds before the first action: after some there is a leader, as a rule. */
  readonly quietRounds: number;
  readonly electionTicks: number;
  readonly isCoarse: boolean;
}

/** How often what a schedule is for has happened: a search that never goes there has shown nothing. */
export interface Coverage {
  [what: string]: number;
}

interface Request {
  readonly server: NodeId;
  readonly life: Life;
  readonly kind: "propose" | "read" | "change" | "transfer";
  readonly acknowledgedIndex: number;
  answers: number;
}

/** Carries out actions on a cluster with limits so small that each of them is reached, under all laws. */
export class Schedule {
  readonly cluster: Cluster;
  readonly coverage: Coverage = {};
  readonly #laws = new ClusterLaws();
  readonly #options: ScheduleOptions;
  readonly #requests = new Map<number, Request>();
  /** Links on which all is lost, as sender and receiver. */
  #cut: (from: NodeId, to: NodeId) => boolean = () => false;
  #nextId = 1;
  #clock = 0;

  constructor(options: ScheduleOptions) {
    this.#options = options;
    this.cluster = new Cluster({
      voters: ids.slice(0, options.voterCount),
      joining: ids.slice(options.voterCount),
      settings: settingsOf(options),
      holdsDisks: true,
      watch: (server, life, effects) => this.#watch(server, life, effects),
    });
    for (let round = 0; round < options.quietRounds; round += 1) this.#quietRound();
  }

  act([kind, choice]: Action): void {
    const table = this.#options.isCoarse ? coarse : fine;
    const what = table[kind % table.length];
    if (what !== undefined) this.#does[what](choice);
  }

  /** Repairs everything, and gives the cluster time: it must commit again, answer all, and bring all members along. */
  heal(): void {
    const { cluster } = this;
    for (const { id, life } of cluster.servers) if (life === null) cluster.restart(id);
    for (let round = 0; round < 100 * this.#options.electionTicks; round += 1) {
      this.#quietRound();
      if (round > 12 * this.#options.electionTicks && round % 20 === 0 && this.#isWell()) return;
      if (round % 20 === 0) this.#proposeToLeader();
    }
    throw new Error(`the cluster does not recover: ${this.#describe()}`);
  }

  get committedCount(): number {
    return this.#laws.committedCount;
  }

  get leaderCount(): number {
    return this.#laws.leaderCount;
  }

  #quietRound(): void {
    const { cluster } = this;
    this.#cut = () => false;
    for (const { id } of cluster.servers) {
      cluster.tick(id);
      this.#calm();
    }
  }

  /** Everything that is under way comes to its end before any clock ticks, but for what is on links that are cut. */
  #calm(): void {
    const { cluster } = this;
    for (let busy = true; busy; ) {
      busy = cluster.messages.length > 0;
      cluster.settle(({ from, to }) => this.#cut(from, to));
      for (const { id, life } of cluster.servers) {
        if (life === null) continue;
        const { writes, chunkReads, savings } = life;
        if (writes.length + chunkReads.length + savings.length > 0) busy = true;
        cluster.sync(id);
        cluster.readChunk(id);
        cluster.saveSnapshot(id);
      }
    }
  }

  #proposeToLeader(): void {
    const leader = this.#leader();
    if (leader !== null) this.#does.propose(this.cluster.servers.indexOf(leader));
  }

  /** The leader of the highest term. */
  #leader(): Server | null {
    const leaders = this.cluster.servers.filter((server) => server.life?.node.role.kind === "leader");
    const term = ({ life }: Server) => life?.node.term ?? 0;
    return leaders.sort((one, other) => term(other) - term(one))[0] ?? null;
  }

  #isWell(): boolean {
    const leader = this.#leader();
    if (leader === null) return false;
    const { node, machine } = this.cluster.life(leader.id);
    const { latest } = node.configurations;
    const isSame = membersOf(latest).every((id) => {
      const other = this.cluster.life(id).machine;
      return other.index === machine.index && JSON.stringify(other.bytes) === JSON.stringify(machine.bytes);
    });
    const isAnswered = [...this.#requests.values()].every(
      ({ server, life, answers }) => answers === 1 || this.cluster.server(server).life !== life,
    );
    return isSame && isAnswered && !isChanging(latest) && node.commit === node.log.lastIndex;
  }

  #describe(): string {
    const servers = this.cluster.servers.map(({ id, life }) => {
      if (life === null) return `${id} is down`;
      const { role, term, commit, log, configurations, snapshot } = life.node;
      const members = JSON.stringify({ ...configurations.latest, contacts: undefined });
      return `${id} ${role.kind} term ${term} commit ${commit} last ${log.lastIndex} snapshot ${snapshot.index} ${members}`;
    });
    const open = [...this.#requests].filter(
      ([, { server, life, answers }]) => answers !== 1 && this.cluster.server(server).life === life,
    );
    return [...servers, ...open.map(([id, { kind, server }]) => `${kind} ${id} at ${server} is not answered`)].join(
      "\n",
    );
  }

  readonly #does: Record<ActionKind, (choice: number) => void> = {
    deliver: (choice) => this.#deliver(choice, true),
    duplicate: (choice) => this.#deliver(choice, false),
    lose: (choice) => {
      this.#take(choice);
    },
    tick: (choice) => {
      // Clocks that run alike tick in turn, whoever is down; the others as they like.
      this.#clock += 1;
      const server = this.cluster.servers[(this.#options.hasLeases ? this.#clock : choice) % ids.length];
      if (server?.life != null) this.cluster.tick(server.id);
    },
    sync: (choice) => this.#withRunning(choice, ({ id }, rest) => this.cluster.sync(id, 1 + (rest % 4))),
    readChunk: (choice) => this.#withRunning(choice, ({ id }) => this.cluster.readChunk(id)),
    snapshot: (choice) => this.#withRunning(choice, ({ id }) => this.cluster.takeSnapshot(id)),
    save: (choice) => this.#withRunning(choice, ({ id }) => this.cluster.saveSnapshot(id)),
    campaign: (choice) => this.#withRunning(choice, ({ id }) => this.cluster.step(id, { kind: "campaign" })),
    crash: (choice) =>
      this.#withRunning(choice, ({ id }, rest) => {
        this.cluster.crash(id, rest % 3);
        this.#count("crashes");
      }),
    restart: (choice) => {
      const down = this.cluster.servers.filter((server) => server.life === null);
      const server = down[choice % Math.max(1, down.length)];
      if (server !== undefined) this.cluster.restart(server.id);
    },
    calm: () => this.#calm(),
    cut: (choice) => {
      // Every third time in one direction only.
      const [isOneWay, side] = [choice % 3 === 0, Math.floor(choice / 3)];
      // Half of them part a leader from all others: what it believes then is what matters most.
      const leader = side % 2 === 0 ? this.#leader()?.id : undefined;
      const isInside = (id: NodeId) =>
        leader === undefined ? (side >> (1 + ids.indexOf(id))) % 2 === 1 : id === leader;
      this.#cut = (from, to) => (isOneWay ? isInside(from) && !isInside(to) : isInside(from) !== isInside(to));
    },
    mend: () => {
      this.#cut = () => false;
    },
    propose: (choice) =>
      this.#request("propose", choice, (server, id, rest) => {
        const data = Uint8Array.from({ length: 1 + (rest % 5) }, () => id % 256);
        this.cluster.step(server, { kind: "propose", proposals: [{ id, data }] });
      }),
    read: (choice) =>
      this.#request("read", choice, (server, id) => this.cluster.step(server, { kind: "read", id, by: "quorum" })),
    readByLease: (choice) =>
      this.#request("read", choice, (server, id) => {
        const { answers } = this.cluster.step(server, { kind: "read", id, by: "lease" });
        if (this.#options.hasLeases && answers.some(({ kind }) => kind === "read-ready")) this.#count("reads at once");
      }),
    transfer: (choice) =>
      this.#request("transfer", choice, (server, id, rest) => {
        this.cluster.step(server, { kind: "transfer", id, to: ids[rest % ids.length] ?? "a" });
      }),
    change: (choice) => this.#request("change", choice, (server, id, rest) => this.#change(server, id, rest)),
  };

  #change(server: NodeId, id: number, rest: number): void {
    const wish = ids.map((_, i) => Math.floor(rest / 6 ** i) % 6);
    const pick = (what: number) => ids.filter((_, i) => wish[i] === what);
    const members = (what: number) => pick(what).map((one) => ({ id: one, contact: `at-${one}` }));
    const change = { id, add: members(1), addLearners: members(2), remove: pick(3) };
    this.cluster.step(server, { kind: "change", change });
  }

  #request(kind: Request["kind"], choice: number, ask: (server: NodeId, id: number, rest: number) => void): void {
    // Mostly to a leader, for it is the one that has anything to do.
    const leaders = this.cluster.servers.filter(({ life }) => life?.node.role.kind === "leader");
    const someone = (server: Server, rest: number) => {
      const { life } = server;
      if (life === null) return;
      const id = this.#nextId;
      this.#nextId += 1;
      const { acknowledgedIndex } = this.#laws;
      this.#requests.set(id, { server: server.id, life, kind, acknowledgedIndex, answers: 0 });
      ask(server.id, id, rest);
    };
    const leader = leaders[choice % Math.max(1, leaders.length)];
    if (leader !== undefined && choice % 8 !== 7) someone(leader, Math.floor(choice / 8));
    else this.#withRunning(choice, someone);
  }

  #withRunning(choice: number, act: (server: Server, rest: number) => void): void {
    const running = this.cluster.servers.filter(({ life }) => life !== null);
    const server = running[choice % Math.max(1, running.length)];
    if (server !== undefined) act(server, Math.floor(choice / 5));
  }

  #take(choice: number): Message | undefined {
    const { messages } = this.cluster;
    const range = this.#options.reorders ? messages.length : Math.min(3, messages.length);
    return messages.splice(choice % Math.max(1, range), 1)[0];
  }

  #deliver(choice: number, isTaken: boolean): void {
    const { messages } = this.cluster;
    const message = isTaken ? this.#take(choice) : messages[choice % Math.max(1, messages.length)];
    if (message !== undefined && !this.#cut(message.from, message.to)) this.cluster.deliver(message);
  }

  #watch(server: Server, life: Life, effects: Effects): void {
    this.#laws.check(this.cluster, server, life, effects);
    for (const { proposal } of effects.apply) if (proposal !== null) this.#answered(proposal, "acknowledged");
    for (const answer of effects.answers) {
      const request = this.#answered(answer.id, answer.kind);
      if (answer.kind === "read-ready" && answer.index < request.acknowledgedIndex) {
        throw new Error(`read ${answer.id} sees ${answer.index}, and ${request.acknowledgedIndex} was acknowledged`);
      }
    }
    if (effects.restore !== null) this.#count("restores");
    if ((effects.write?.truncateFrom ?? 0) > 0) this.#count("truncations");
    if (effects.releasedIndex > 0) this.#count("compactions");
    if (effects.write?.entries.some((entry) => entry.kind === "configuration" && isJoint(entry.configuration))) {
      this.#count("joint configurations");
    }
  }

  #answered(id: number, how: string): Request {
    const request = this.#requests.get(id);
    if (request === undefined) throw new Error(`request ${id} is answered, and was never made`);
    request.answers += 1;
    if (request.answers > 1) throw new Error(`${request.kind} ${id} is answered twice, now with ${how}`);
    this.#count(how);
    return request;
  }

  #count(what: string): void {
    this.coverage[what] = (this.coverage[what] ?? 0) + 1;
  }
}

function settingsOf({
  hasLeases,
  trailingEntries,
  promotionLagMax,
  electionTicks,
}: ScheduleOptions): Partial<Settings> {
  return {
    electionTicks,
    heartbeatTicks: 1,
    messageEntriesMax: 2,
    messageBytesMax: 80,
    windowEntriesMax: 3,
    windowBytesMax: 120,
    uncommittedBytesMax: 300,
    proposalBytesMax: 4,
    readsWaitingMax: 4,
    chunkBytesMax: 5,
    snapshotBytesPerTick: 12,
    trailingEntries,
    stallTicksMax: 6,
    clockDriftMax: hasLeases ? 0 : null,
    promotionLagMax,
  };
}
