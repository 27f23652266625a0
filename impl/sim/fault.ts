/** A server by its place in the cluster, from 0, or whoever leads in the highest term when the fault comes. */
export type Target = number | "leader";

/** Times are microseconds of the simulated world; `for` is how long the fault lasts. Chances are in a million. */
export type Fault = { readonly at: number } & FaultBody;

export type FaultBody =
  /** Cut off from everybody, both ways. */
  | { readonly kind: "isolate"; readonly target: Target; readonly for: number }
  /** These servers on one side, all others on the other. */
  | { readonly kind: "split"; readonly side: readonly number[]; readonly for: number }
  /** Nothing reaches the target, or nothing leaves it. */
  | { readonly kind: "one-way"; readonly target: Target; readonly direction: "in" | "out"; readonly for: number }
  /** Everybody reaches the hub, and nobody else: Cloudflare's outage of November 2020, and Omni-Paxos' quorum loss. */
  | { readonly kind: "hub"; readonly hub: number; readonly for: number }
  /** As before, and the leader of the moment does not even reach the hub: Omni-Paxos' constrained election. */
  | { readonly kind: "constrained"; readonly hub: number; readonly for: number }
  /** Each server reaches its neighbours only. */
  | { readonly kind: "chain"; readonly for: number }
  /** The link between two servers is gone, and each still reaches the third. */
  | { readonly kind: "cut-link"; readonly one: Target; readonly other: number; readonly for: number }
  | {
      readonly kind: "lossy";
      readonly loss: number;
      readonly duplication: number;
      readonly reordering: number;
      readonly for: number;
    }
  | { readonly kind: "slow-network"; readonly factor: number; readonly for: number }
  /** The process dies, and what it gave to the system may or may not have reached the disk. */
  | { readonly kind: "crash"; readonly target: Target; readonly for: number }
  /** What is not synced is lost from some point on; a write may be torn there. Target -1 is the whole cluster. */
  | { readonly kind: "power-cut"; readonly target: Target; readonly torn: boolean; readonly for: number }
  /** The process stands still, and then makes up for the ticks that it missed. */
  | { readonly kind: "pause"; readonly target: Target; readonly for: number }
  | { readonly kind: "clock-jump"; readonly target: Target; readonly ticks: number }
  /** Its clock runs at this many thousandths of the true rate. */
  | { readonly kind: "clock-rate"; readonly target: Target; readonly permille: number; readonly for: number }
  | { readonly kind: "disk-slow"; readonly target: Target; readonly factor: number; readonly for: number }
  /** No sync ends. */
  | { readonly kind: "disk-stall"; readonly target: Target; readonly for: number }
  /** The next sync fails, which stops the server; it starts again later. */
  | { readonly kind: "disk-error"; readonly target: Target; readonly for: number }
  /** Syncs end at once and do nothing. */
  | { readonly kind: "disk-lie"; readonly target: Target; readonly for: number }
  | { readonly kind: "add-voter"; readonly target: number }
  | { readonly kind: "add-learner"; readonly target: number }
  | { readonly kind: "remove"; readonly target: Target }
  | { readonly kind: "replace"; readonly target: Target; readonly by: number }
  | { readonly kind: "transfer"; readonly to: number }
  | { readonly kind: "campaign"; readonly target: number };

export type FaultKind = Fault["kind"];

export const faultKinds: readonly FaultKind[] = [
  "isolate",
  "split",
  "one-way",
  "hub",
  "constrained",
  "chain",
  "cut-link",
  "lossy",
  "slow-network",
  "crash",
  "power-cut",
  "pause",
  "clock-jump",
  "clock-rate",
  "disk-slow",
  "disk-stall",
  "disk-error",
  "disk-lie",
  "add-voter",
  "add-learner",
  "remove",
  "replace",
  "transfer",
  "campaign",
];

/** The whole cluster, where a power cut takes a target. */
export const EVERYBODY = -1;
