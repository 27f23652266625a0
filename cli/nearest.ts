/** The names that a mistyped name may have meant, nearest first. */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const asked = name.toLowerCase();
  return names
    .map((candidate) => ({ candidate, distance: distanceBetween(asked, candidate.toLowerCase()) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, Math.floor(candidate.length / 3)))
    .sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1))
    .slice(0, 3)
    .map(({ candidate }) => candidate);
}

/** Insertions, deletions and replacements that turn one into the other; a name that the other begins with is near. */
function distanceBetween(a: string, b: string): number {
  if (a.length > 2 && (b.startsWith(a) || b.includes(`-${a}`))) return 1;
  let previous = Array.from({ length: b.length + 1 }, (_, position) => position);
  for (let i = 1; i <= a.length; i += 1) {
    const current = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (previous[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      current.push(Math.min(replaced, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}
