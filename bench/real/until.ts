/** Long enough for any machine: a condition that does not come true by then is a finding. */
export const PATIENCE_MS = 120_000;
const BETWEEN_LOOKS_MS = 40;

/** Looks again and again until `look` finds something. Rejects with what was waited for after `PATIENCE_MS`. */
export async function until<Found>(what: string, look: () => Promise<Found | null> | Found | null): Promise<Found> {
  const deadline = performance.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() > deadline) throw new Error(`for ${PATIENCE_MS / 1000} seconds this did not happen: ${what}`);
    await pause(BETWEEN_LOOKS_MS);
  }
}

export function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
