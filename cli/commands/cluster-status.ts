/** The status of a cluster as a server tells it, and as a table. */

export interface ClusterStatus {
  readonly id: string;
  readonly role: string;
  readonly term: number;
  readonly leader: string | null;
  readonly commit: number;
  readonly applied: number;
  readonly lastIndex: number;
  readonly isChanging: boolean;
  readonly members: readonly {
    readonly id: string;
    readonly role: string;
    readonly address: string | null;
    readonly match: number | null;
    readonly state: string | null;
  }[];
}

/** What the service describes in its OpenAPI document; it is not checked again here. */
export function clusterStatusOf(value: unknown): ClusterStatus {
  return value as ClusterStatus;
}

export function statusText(status: ClusterStatus): string {
  const { id, term, leader, commit, applied, lastIndex, isChanging, members } = status;
  const rows = members.map((member) => [
    member.id,
    member.id === leader ? "leader" : member.role,
    member.address ?? "",
    member.id === leader ? `${lastIndex}` : (member.match?.toString() ?? "?"),
    member.state ?? "",
  ]);
  const table = [["id", "role", "clients", "has", ""], ...rows];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) => `  ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join("  ")}`.trimEnd());
  const change = isChanging ? " · members are being changed" : "";
  return [
    `term ${term} · leader ${leader ?? "unknown"} · committed ${commit} · applied ${applied} (says ${id})${change}`,
    ...lines,
    "",
  ].join("\n");
}
