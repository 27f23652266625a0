import { join } from "node:path";
import { Client, defaultClientOptions } from "../../impl/kv/index.ts";
import { addressText, clientUrl, contactOf, type LocalNode, localNodes, prepareNode } from "../../impl/server/index.ts";
import { Network } from "./network.ts";
import { freePort } from "./ports.ts";
import { ServerProcess } from "./server-process.ts";
import { until } from "./until.ts";

/** What a server says of itself and its cluster at GET /v1/cluster. */
export interface Status {
  readonly id: string;
  readonly role: string;
  readonly term: number;
  readonly leader: string | null;
  readonly commit: number;
  readonly applied: number;
  readonly lastIndex: number;
  readonly snapshotIndex: number;
  readonly isChanging: boolean;
  readonly members: readonly { readonly id: string; readonly role: string; readonly match: number | null }[];
}

export interface ClusterOptions {
  /** Empty, or not there. */
  readonly folder: string;
  /** Of the project, whose program was built. */
  readonly root: string;
  readonly nodes: number;
  /** Further settings of the configuration files. */
  readonly settings: Readonly<Record<string, unknown>>;
}

const LOOPBACK = "127.0.0.1";
const ASK_MS = 2000;

/** Servers that are processes of this machine, with real files, and a network between them that can be broken. */
export class RealCluster {
  readonly network = new Network();
  readonly servers = new Map<string, ServerProcess>();
  readonly #options: ClusterOptions;
  readonly #doors = new Map<string, number>();

  private constructor(options: ClusterOptions) {
    this.#options = options;
  }

  /** Starts n1, n2 and so on, and resolves when all say that they are well: a data folder that was begun is whole. */
  static async start(options: ClusterOptions): Promise<RealCluster> {
    const cluster = new RealCluster(options);
    const ids = Array.from({ length: options.nodes }, (_, i) => `n${i + 1}`);
    const places: { readonly id: string; readonly peers: number; readonly clients: number }[] = [];
    const members: Record<string, unknown> = {};
    for (const id of ids) {
      const place = { id, peers: await freePort(), clients: await freePort() };
      const door = await cluster.#openDoor(id, place.peers);
      members[id] = { peers: `${LOOPBACK}:${door}`, clients: `${LOOPBACK}:${place.clients}` };
      places.push(place);
    }
    for (const { id, peers, clients } of places) cluster.#prepare(id, peers, clients, { members }).start();
    for (const id of ids) await cluster.untilHealthy(id);
    return cluster;
  }

  async #openDoor(id: string, port: number): Promise<number> {
    const door = await this.network.openDoor(id, port);
    this.#doors.set(id, door);
    return door;
  }

  #prepare(id: string, peers: number, clients: number, settings: Readonly<Record<string, unknown>>): ServerProcess {
    const { folder, root, settings: common } = this.#options;
    const listen = { peers: `${LOOPBACK}:${peers}`, clients: `${LOOPBACK}:${clients}` };
    prepareNode(folder, id, peers, { ...common, ...settings, listen });
    const node = localNodes(folder).find((one) => one.id === id);
    if (node === undefined) throw new Error(`the configuration of ${id} was just written and is not there`);
    const server = new ServerProcess(node, root);
    this.servers.set(id, server);
    return server;
  }

  /** Starts a server that belongs to no cluster yet, for `add`. */
  async startNew(id: string): Promise<ServerProcess> {
    const peers = await freePort();
    await this.#openDoor(id, peers);
    const server = this.#prepare(id, peers, await freePort(), {});
    server.start();
    return server;
  }

  /** How others reach a server: by its door, and for clients directly. */
  contact(id: string): string {
    const port = this.#doors.get(id);
    if (port === undefined) throw new Error(`${id} has no door`);
    return contactOf({ host: LOOPBACK, port }, this.server(id).node.clients);
  }

  server(id: string): ServerProcess {
    const server = this.servers.get(id);
    if (server === undefined) throw new Error(`there is no server ${id}`);
    return server;
  }

  get ids(): string[] {
    return [...this.servers.keys()];
  }

  get running(): string[] {
    return this.ids.filter((id) => this.server(id).isRunning);
  }

  get nodes(): LocalNode[] {
    return [...this.servers.values()].map(({ node }) => node);
  }

  /** A client that knows all servers, and begins with any. */
  client(random: () => number, deadlineMs: number): Client {
    const addresses = this.nodes.map(({ clients }) => addressText(clients));
    const first = Math.floor(random() * addresses.length);
    const endpoints = [...addresses.slice(first), ...addresses.slice(0, first)];
    return new Client({ ...defaultClientOptions, endpoints, random, deadlineMs, requestTimeoutMs: ASK_MS });
  }

  /** Null where the server does not answer. */
  async status(id: string): Promise<Status | null> {
    const response = await this.#get(id, "/v1/cluster");
    return response === null ? null : ((await response.json()) as Status);
  }

  async #get(id: string, path: string): Promise<Response | null> {
    if (!this.server(id).isRunning) return null;
    try {
      return await fetch(`${clientUrl(this.server(id).node)}${path}`, { signal: AbortSignal.timeout(ASK_MS) });
    } catch {
      // Nobody there, or nobody who answers in time: for whoever asks it is the same.
      return null;
    }
  }

  /** Whether the server says that its cluster makes progress; null where it says nothing. */
  async isHealthy(id: string): Promise<boolean | null> {
    const response = await this.#get(id, "/health");
    await response?.body?.cancel();
    return response === null ? null : response.ok;
  }

  /** Zero where the server does not answer. */
  async snapshotBytesReceived(id: string): Promise<number> {
    const text = await (await this.#get(id, "/metrics"))?.text();
    return Number(/^lockstep_snapshot_bytes_total\{[^}]*received[^}]*\} (\d+)/m.exec(text ?? "")?.[1] ?? 0);
  }

  async untilHealthy(id: string): Promise<void> {
    await until(`${id} says that it is well`, async () => ((await this.isHealthy(id)) === true ? true : null));
  }

  async statuses(): Promise<Status[]> {
    const all = await Promise.all(this.running.map((id) => this.status(id)));
    return all.filter((status) => status !== null);
  }

  /** Waits for a server that says it leads and says that it has a quorum. `others` may not be it. */
  leader(others: readonly string[] = []): Promise<string> {
    return until(`a server leads that is not one of [${others.join(", ")}]`, async () => {
      const leading = (await this.statuses()).filter(({ role, id }) => role === "leader" && !others.includes(id));
      const [newest] = leading.sort((one, other) => other.term - one.term);
      return newest !== undefined && (await this.isHealthy(newest.id)) === true ? newest.id : null;
    });
  }

  /** Ends all disorder: every server runs, every link is open. */
  async heal(): Promise<void> {
    this.network.heal();
    for (const server of this.servers.values()) {
      server.resume();
      if (server.isRunning) await server.calm();
      else server.start();
    }
  }

  /** Makes a voter of a server that runs and belongs to no cluster. Resolves when it is one. */
  async add(id: string): Promise<void> {
    await this.#changeUntil(
      `${id} is a voter`,
      (client) => client.addMember(id, this.contact(id), "voter"),
      (status) => status.members.some((member) => member.id === id && member.role === "voter"),
    );
  }

  /** Resolves when it is no member any more. */
  async remove(id: string): Promise<void> {
    await this.#changeUntil(
      `${id} is no member`,
      (client) => client.removeMember(id),
      (status) => status.members.every((member) => member.id !== id),
    );
  }

  /** Asks again until it is so: an answer may be lost, and a leader may be gone before it has one. */
  async #changeUntil(
    what: string,
    ask: (client: Client) => Promise<unknown>,
    isSo: (status: Status) => boolean,
  ): Promise<void> {
    const client = this.client(Math.random, ASK_MS);
    try {
      await until(what, async () => {
        const newest = (await this.statuses()).sort((one, other) => other.commit - one.commit)[0];
        if (newest !== undefined && !newest.isChanging && isSo(newest)) return true;
        if (newest !== undefined && !newest.isChanging && !isSo(newest)) await ask(client);
        return null;
      });
    } finally {
      client.close();
    }
  }

  /** A server that is no member any more. */
  async discard(id: string): Promise<void> {
    const server = this.server(id);
    server.resume();
    await server.kill();
    this.servers.delete(id);
    this.retired.push(server);
  }

  /** Those that were discarded: what they did counts all the same. */
  readonly retired: ServerProcess[] = [];

  get allServers(): ServerProcess[] {
    return [...this.servers.values(), ...this.retired];
  }

  logFile(id: string): string {
    return join(this.#options.folder, id, "log.ndjson");
  }

  async close(): Promise<void> {
    for (const server of this.servers.values()) server.resume();
    await Promise.all([...this.servers.values()].map((server) => server.kill()));
    await this.network.close();
  }
}
