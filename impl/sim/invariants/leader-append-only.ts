import { Violation } from "./violation.ts";

/** LeaderAppendOnly (figure 3, section 5.3): a leader never removes entries of its log. */
export function checkLeaderAppendOnly(server: string, leadsSince: number, leads: number, truncateFrom: number): void {
  if (truncateFrom === 0 || leads === 0 || leadsSince !== leads) return;
  const what = `${server} leads in term ${leads} and removes its log from entry ${truncateFrom} on`;
  throw new Violation("LeaderAppendOnly", server, what);
}
