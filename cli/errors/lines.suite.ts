/** Which lines of a text an entry shows. */

/** The lines, each with its number, that at least one of these other texts does not have where this one has them. */
export function linesBesides(text: string, others: readonly string[]): string {
  const lines = linesOf(text);
  const shared = others.map((other) => commonLines(linesOf(other), lines));
  const shown = lines.flatMap((line, at) =>
    shared.every((common) => common.has(at)) ? [] : [`${String(at + 1).padStart(2)}  ${line}`.trimEnd()],
  );
  return shown.join("\n");
}

function linesOf(text: string): readonly string[] {
  return text === "" ? [] : text.trimEnd().split("\n");
}

/** A longest common subsequence: the numbers of its lines in `after`. */
function commonLines(before: readonly string[], after: readonly string[]): ReadonlySet<number> {
  const length = (one: number, other: number): number => lengths[one]?.[other] ?? 0;
  const lengths: number[][] = [];
  for (let one = before.length - 1; one >= 0; one -= 1) {
    const row: number[] = [];
    lengths[one] = row;
    for (let other = after.length - 1; other >= 0; other -= 1) {
      row[other] =
        before[one] === after[other]
          ? 1 + length(one + 1, other + 1)
          : Math.max(length(one + 1, other), other + 1 < after.length ? (row[other + 1] ?? 0) : 0);
    }
  }
  const common = new Set<number>();
  for (let one = 0, other = 0; one < before.length && other < after.length; ) {
    if (before[one] === after[other]) {
      common.add(other);
      one += 1;
      other += 1;
    } else if (length(one + 1, other) >= length(one, other + 1)) one += 1;
    else other += 1;
  }
  return common;
}
