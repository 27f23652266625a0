/** Numbers of several runs, as medians with their spread, and tables of them. */

export interface Spread {
  readonly median: number;
  readonly min: number;
  readonly max: number;
}

/** At least one value. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = [...values].sort((left, right) => left - right);
  const at = (position: number) => sorted[position] ?? Number.NaN;
  const middle = (sorted.length - 1) / 2;
  return {
    median: (at(Math.floor(middle)) + at(Math.ceil(middle))) / 2,
    min: at(0),
    max: at(sorted.length - 1),
  };
}

/** A whole number with its spread: `1,234 (1,200..1,250)`. */
export function formatSpread({ median, min, max }: Spread): string {
  return min === max ? formatCount(median) : `${formatCount(median)} (${formatCount(min)}..${formatCount(max)})`;
}

export function formatCount(value: number): string {
  return Math.round(value).toLocaleString("en");
}

/** Columns as wide as they must be; the first is set to the left, the others to the right. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0))).join("  ");
  return rows.map((row) => `${line(row).trimEnd()}\n`).join("");
}
