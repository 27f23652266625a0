/**
 * Adds to what is counted by names that an author has chosen. A name `__proto__` would be lost in an assignment, and names
 * such as `constructor` are found in every object, so that only its own names count.
 */
export function addTo(counts: Record<string, number>, name: string, by: number): void {
  const before = Object.hasOwn(counts, name) ? (counts[name] ?? 0) : 0;
  Object.defineProperty(counts, name, { value: before + by, enumerable: true, configurable: true, writable: true });
}
