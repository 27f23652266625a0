import { Disk } from "./disk.suite.ts";
import {
  type Answer,
  Audit,
  type ChunkRead,
  type Committed,
  defaultSettings,
  type Effects,
  type Event,
  initialConfiguration,
  type Message,
  type Node,
  type NodeId,
  noObserver,
  type Settings,
  type SnapshotMeta,
  start,
  step,
  type Write,
} from "./index.ts";

/** A server of a test's cluster, and what belongs to it. */
export interface Server {
  readonly id: NodeId;
  readonly disk: Disk;
  /** Null while it is down. */
  life: Life | null;
  lives: number;
}

/** What a crash takes away. */
export interface Life {
  readonly node: Node;
  readonly audit: Audit;
  /** Asked for and not durable, oldest first. */
  readonly writes: Write[];
  readonly chunkReads: ChunkRead[];
  /** Own snapshots that were taken and are not on the disk. */
  readonly savings: { readonly snapshot: SnapshotMeta; readonly image: Uint8Array }[];
  /** The state machine: every command so far, each after its length. */
  machine: { index: number; bytes: number[] };
}

/** Is shown every step: the laws that servers must keep among themselves are checked so. */
export type Watch = (server: Server, life: Life, effects: Effects) => void;

export interface ClusterOptions {
  /** The voters that the cluster begins with. */
  readonly voters: readonly NodeId[];
  /** Servers that are there and know nothing. */
  readonly joining?: readonly NodeId[];
  readonly settings?: Partial<Settings>;
  /** Writes wait for `sync`, and reads of chunks for `readChunk`; else both are done at once. */
  readonly holdsDisks?: boolean;
  readonly watch?: Watch;
}

/**
 * Servers, their disks and what is on its way between them. Nothing happens by itself: a test ticks, delivers, loses,
 * crashes. Every step is audited.
 */
export class Cluster {
  readonly servers: readonly Server[];
  readonly settings: Settings;
  /** In the order in which they were sent. */
  messages: Message[] = [];
  readonly answers: { readonly by: NodeId; readonly answer: Answer }[] = [];
  readonly applied: { readonly by: NodeId; readonly committed: Committed }[] = [];
  readonly #holdsDisks: boolean;
  readonly #watch: Watch;

  constructor({ voters, joining = [], settings = {}, holdsDisks = false, watch = () => {} }: ClusterOptions) {
    this.settings = { ...defaultSettings, ...settings };
    this.#holdsDisks = holdsDisks;
    this.#watch = watch;
    const initial = initialConfiguration(Object.fromEntries(voters.map((id) => [id, `at-${id}`])));
    const server = (id: NodeId): Server => ({
      id,
      disk: new Disk(voters.includes(id) ? initial : null),
      life: null,
      lives: 0,
    });
    this.servers = [...voters, ...joining].map(server);
    for (const { id } of this.servers) this.restart(id);
  }

  server(id: NodeId): Server {
    const found = this.servers.find((server) => server.id === id);
    if (found === undefined) throw new Error(`there is no server ${id}`);
    return found;
  }

  life(id: NodeId): Life {
    const { life } = this.server(id);
    if (life === null) throw new Error(`${id} is down`);
    return life;
  }

  node(id: NodeId): Node {
    return this.life(id).node;
  }

  /** Loses what was not durable, but for the oldest `keep` writes, of whose end the server was not told. */
  crash(id: NodeId, keep = 0): void {
    const server = this.server(id);
    for (const write of this.life(id).writes.slice(0, keep)) server.disk.makeDurable(write);
    server.disk.crash();
    server.life = null;
  }

  /** Starts the server from what its disk holds. */
  restart(id: NodeId): void {
    const server = this.server(id);
    const { durable } = server.disk;
    server.lives += 1;
    const seed = server.lives * 16 + this.servers.indexOf(server);
    const { settings } = this;
    const node = start({ id, settings, durable, seed, incarnation: server.lives, observer: noObserver });
    const image = server.disk.image(durable.snapshot.index) ?? [];
    const machine = { index: durable.snapshot.index, bytes: [...image] };
    server.life = { node, audit: new Audit(node), writes: [], chunkReads: [], savings: [], machine };
  }

  step(id: NodeId, event: Event): Effects {
    const server = this.server(id);
    const life = this.life(id);
    const effects = step(life.node, event);
    life.audit.check(effects);
    this.#carryOut(server, life, effects);
    this.#watch(server, life, effects);
    if (!this.#holdsDisks) {
      this.sync(id);
      while (life.chunkReads.length > 0) this.readChunk(id);
    }
    return effects;
  }

  #carryOut({ id, disk }: Server, life: Life, effects: Effects): void {
    this.messages.push(...effects.sends);
    if (effects.write !== null) life.writes.push(effects.write);
    if (effects.restore !== null) {
      const { index } = effects.restore;
      life.machine = { index, bytes: [...(disk.image(index) ?? [])] };
    }
    for (const committed of effects.apply) {
      const { entry } = committed;
      if (entry.index !== life.machine.index + 1) {
        throw new Error(`${id} applies entry ${entry.index} after ${life.machine.index}`);
      }
      life.machine.index = entry.index;
      if (entry.kind === "command") life.machine.bytes.push(entry.data.length, ...entry.data);
      this.applied.push({ by: id, committed });
    }
    for (const answer of effects.answers) this.answers.push({ by: id, answer });
    life.chunkReads.push(...effects.chunkReads);
    if (effects.releasedIndex > 0) disk.release(effects.releasedIndex);
  }

  /** Makes the oldest `count` writes durable, sends what waited for them, and tells the server. */
  sync(id: NodeId, count = Number.POSITIVE_INFINITY): void {
    const { disk } = this.server(id);
    const done = this.life(id).writes.splice(0, count);
    for (const write of done) {
      disk.makeDurable(write);
      this.messages.push(...write.sendsAfter);
    }
    const last = done.at(-1);
    if (last !== undefined) this.step(id, { kind: "written", number: last.number });
  }

  /** Reads the oldest chunk that the server asked for. */
  readChunk(id: NodeId): void {
    const { disk } = this.server(id);
    const asked = this.life(id).chunkReads.shift();
    if (asked === undefined) return;
    const { to, index, offset, sizeMax } = asked;
    this.step(id, { kind: "chunk-read", to, index, offset, ...disk.readChunk(index, offset, sizeMax) });
  }

  /** Takes an image of the state machine as it is; `saveSnapshot` brings it to the disk. */
  takeSnapshot(id: NodeId): void {
    const { node, machine, savings } = this.life(id);
    const term = node.log.termAt(machine.index);
    if (machine.index <= node.snapshot.index || term === undefined) return;
    const image = Uint8Array.from(machine.bytes);
    const configuration = node.configurations.at(machine.index);
    savings.push({ snapshot: { index: machine.index, term, configuration, size: image.length }, image });
    if (!this.#holdsDisks) this.saveSnapshot(id);
  }

  /** Brings the oldest image that was taken to the disk. */
  saveSnapshot(id: NodeId): void {
    const saving = this.life(id).savings.shift();
    if (saving === undefined) return;
    const { snapshot, image } = saving;
    this.server(id).disk.saveSnapshot(snapshot, image);
    this.step(id, { kind: "snapshot-taken", index: snapshot.index, size: snapshot.size });
  }

  tick(id: NodeId, count = 1): void {
    for (let i = 0; i < count; i += 1) this.step(id, { kind: "tick" });
  }

  /** Delivers a message that was sent, once more if it was delivered before; to a server that is down it is lost. */
  deliver(message: Message): void {
    if (this.server(message.to).life !== null) this.step(message.to, { kind: "message", message });
  }

  /** Delivers all that is on its way and all that follows from it, in order, but for what `loses` says is lost. */
  settle(loses: (message: Message) => boolean = () => false): void {
    for (let count = 0; this.messages.length > 0; count += 1) {
      if (count > 100_000) throw new Error("the servers never stop talking");
      const message = this.messages.shift();
      if (message !== undefined && !loses(message)) this.deliver(message);
    }
  }

  /** Takes the messages on their way that `isMeant` says out of the network, for the test to deliver or to forget. */
  take(isMeant: (message: Message) => boolean): Message[] {
    const taken = this.messages.filter(isMeant);
    this.messages = this.messages.filter((message) => !isMeant(message));
    return taken;
  }

  /** Makes the server a leader, with the help of all that run, once they have heard of no other for long enough. */
  elect(id: NodeId): void {
    const count = this.messages.length;
    for (const other of this.servers) {
      if (other.life !== null && other.id !== id) this.tick(other.id, this.settings.electionTicks);
    }
    this.messages.length = count;
    this.step(id, { kind: "campaign" });
    this.settle();
    if (this.node(id).role.kind !== "leader") throw new Error(`${id} was not elected`);
  }

  propose(id: NodeId, proposal: number, ...data: number[]): void {
    this.step(id, { kind: "propose", proposals: [{ id: proposal, data: Uint8Array.from(data) }] });
  }

  answersOf(id: number): Answer[] {
    return this.answers.filter(({ answer }) => answer.id === id).map(({ answer }) => answer);
  }
}
