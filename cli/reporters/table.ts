/** Lines of columns, two spaces apart, none wider than its widest cell. */
export function columns(
  rows: readonly (readonly string[])[],
  alignment: readonly ("left" | "right")[],
): readonly string[] {
  const widths = alignment.map((_, column) => Math.max(0, ...rows.map((row) => (row[column] ?? "").length)));
  return rows.map((row) =>
    alignment
      .map((side, column) => {
        const cell = row[column] ?? "";
        const width = widths[column] ?? 0;
        return side === "left" ? cell.padEnd(width) : cell.padStart(width);
      })
      .join("  ")
      .trimEnd(),
  );
}
