import { isAbsolute, resolve } from "node:path";
import { parseDocument } from "yaml";
import { z } from "zod";
import { defaultSettings, type Settings, settingsProblems } from "../core/index.ts";
import { defaultLimits } from "../transport/index.ts";

/** What a configuration file says, checked, with defaults filled in and paths made absolute. */
export interface ServerConfiguration {
  readonly id: string;
  readonly cluster: string;
  readonly folder: string;
  readonly listen: { readonly peers: Address; readonly clients: Address };
  /** The members of a new cluster; null for a server that is to be added to one. Contacts are "peer client". */
  readonly members: Readonly<Record<string, string>> | null;
  readonly tickMs: number;
  readonly settings: Settings;
  readonly snapshots: { readonly everyEntries: number; readonly everyBytes: number };
  readonly tls: { readonly cert: string; readonly key: string; readonly ca: string } | null;
  /** A file with one bearer token a line; null where clients need none. */
  readonly tokens: string | null;
  readonly log: "debug" | "info" | "warn" | "error";
  /** Where trace events go; null for nowhere. */
  readonly trace: string | null;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** One thing that is wrong with a file, and where. */
export interface ConfigurationProblem {
  /** Path of keys, such as `listen.peers`; empty where it is the file itself. */
  readonly at: string;
  readonly message: string;
}

export type ReadConfiguration =
  | { readonly kind: "read"; readonly configuration: ServerConfiguration }
  | { readonly kind: "wrong"; readonly problems: readonly ConfigurationProblem[] };

const ADDRESS = /^(?<host>\[[0-9a-fA-F:]+\]|[^\s:]+):(?<port>\d{1,5})$/;
const PORT_MAX = 65_535;
/** What is around the entries or the piece of a snapshot in a message is far less. */
const FRAME_RESERVE = 64 * 1024;
const messageSizeMax = defaultLimits.frameBytesMax - FRAME_RESERVE;

const name = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/, "must be letters, digits, dots, dashes and underlines, 63 at most");
const address = z.string().transform((text, context): Address => {
  const found = parseAddress(text);
  if (found !== null) return found;
  context.addIssue({ code: "custom", message: `must be host:port, and is "${text}"` });
  return z.NEVER;
});
const member = z.strictObject({ peers: address, clients: address });
const count = z.int().min(1);

const file = z.strictObject({
  id: name,
  cluster: name,
  data: z.string().min(1),
  listen: member,
  members: z.record(name, member).optional(),
  tickMs: z.int().min(1).max(10_000).default(50),
  raft: z
    .strictObject({
      electionTicks: count,
      heartbeatTicks: count,
      messageEntriesMax: count,
      messageBytesMax: count,
      windowEntriesMax: count,
      windowBytesMax: count,
      uncommittedBytesMax: count,
      proposalBytesMax: count,
      readsWaitingMax: count,
      chunkBytesMax: count,
      snapshotBytesPerTick: count,
      trailingEntries: z.int().min(0),
      stallTicksMax: count,
      clockDriftMax: z.number().min(0).lt(1).nullable(),
      promotionLagMax: z.int().min(0),
    })
    .partial()
    .default({}),
  snapshots: z
    .strictObject({ everyEntries: count.default(100_000), everyBytes: count.default(64 * 1024 * 1024) })
    .prefault({}),
  tls: z.strictObject({ cert: z.string(), key: z.string(), ca: z.string() }).optional(),
  tokens: z.string().optional(),
  log: z.enum(["debug", "info", "warn", "error"]).default("info"),
  trace: z.string().optional(),
});

/** Reads a YAML (or JSON) text. Relative paths in it start at `folder`, where the file lies. */
export function readConfiguration(text: string, folder: string): ReadConfiguration {
  const document = parseDocument(text);
  const [first] = document.errors;
  if (first !== undefined)
    return { kind: "wrong", problems: [{ at: "", message: first.message.split("\n")[0] ?? "" }] };
  const parsed = file.safeParse(document.toJS(), { reportInput: true });
  if (!parsed.success) return { kind: "wrong", problems: parsed.error.issues.map(problemOf) };
  const configuration = configurationOf(parsed.data, folder);
  const problems = meaningProblems(configuration);
  return problems.length > 0 ? { kind: "wrong", problems } : { kind: "read", configuration };
}

function problemOf(issue: z.core.$ZodIssue): ConfigurationProblem {
  const at = issue.path.join(".");
  if (issue.code === "unrecognized_keys") {
    return { at, message: `there is no setting ${issue.keys.map((key) => `"${key}"`).join(", ")} here` };
  }
  return { at, message: messageOf(issue) };
}

function messageOf(issue: z.core.$ZodIssue): string {
  if (issue.code === "too_small") return `must be at least ${issue.minimum}, and is less`;
  if (issue.code === "too_big") return `must be at most ${issue.maximum}, and is more`;
  if (issue.code !== "invalid_type") return issue.message;
  const expected = KINDS[issue.expected] ?? issue.expected;
  return issue.input === undefined ? `must be given: ${expected}` : `must be ${expected}`;
}

/** As a user says it. */
const KINDS: Readonly<Record<string, string>> = {
  object: "settings, each as `name: value`",
  record: "settings, each as `name: value`",
  string: "a text",
  int: "a whole number",
  number: "a number",
};

function configurationOf(data: z.output<typeof file>, folder: string): ServerConfiguration {
  const path = (text: string): string => (isAbsolute(text) ? text : resolve(folder, text));
  const set = Object.entries(data.raft).filter(([, value]) => value !== undefined);
  return {
    id: data.id,
    cluster: data.cluster,
    folder: path(data.data),
    listen: data.listen,
    members: data.members === undefined ? null : contactsOf(data.members),
    tickMs: data.tickMs,
    settings: { ...defaultSettings, ...Object.fromEntries(set) },
    snapshots: data.snapshots,
    tls: data.tls === undefined ? null : { cert: path(data.tls.cert), key: path(data.tls.key), ca: path(data.tls.ca) },
    tokens: data.tokens === undefined ? null : path(data.tokens),
    log: data.log,
    trace: data.trace === undefined ? null : path(data.trace),
  };
}

function contactsOf(members: Readonly<Record<string, { peers: Address; clients: Address }>>): Record<string, string> {
  const entries = Object.entries(members).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([id, { peers, clients }]) => [id, contactOf(peers, clients)]));
}

/** How a member is reached, as configurations of the cluster hold it: its address for peers, then that for clients. */
export function contactOf(peers: Address, clients: Address): string {
  return `${addressText(peers)} ${addressText(clients)}`;
}

export function addressText({ host, port }: Address): string {
  return `${host.includes(":") ? `[${host}]` : host}:${port}`;
}

/** Null where the text is no address. A host of IPv6 stands in brackets in the text, and without them in the result. */
export function parseAddress(text: string): Address | null {
  const groups = ADDRESS.exec(text)?.groups;
  const port = Number(groups?.["port"]);
  if (groups?.["host"] === undefined || port > PORT_MAX) return null;
  return { host: groups["host"].replace(/^\[|\]$/g, ""), port };
}

/** What is well formed and makes no sense. */
function meaningProblems(configuration: ServerConfiguration): ConfigurationProblem[] {
  const problems = settingsProblems(configuration.settings).map((message) => ({ at: "raft", message }));
  const { members, id, settings } = configuration;
  for (const name of ["messageBytesMax", "proposalBytesMax", "chunkBytesMax"] as const) {
    if (settings[name] <= messageSizeMax) continue;
    // A message that no frame can hold would be dropped each time, and its receiver never catch up.
    problems.push({
      at: `raft.${name}`,
      message: `must be at most ${messageSizeMax}, which a frame between servers holds`,
    });
  }
  if (members !== null && members[id] === undefined) {
    const message = `${id} is not among the members ${Object.keys(members).join(", ")}; leave "members" out to add it to a cluster that runs`;
    problems.push({ at: "members", message });
  }
  return problems;
}
