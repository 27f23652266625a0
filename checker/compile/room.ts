/** The array itself, or a larger copy with zeroes at its end, so that it has at least this length. */
export function withRoom<A extends Int32Array | Uint8Array>(array: A, length: number): A {
  if (length <= array.length) return array;
  const size = Math.max(2 * array.length, length);
  const larger = array instanceof Int32Array ? new Int32Array(size) : new Uint8Array(size);
  larger.set(array);
  return larger as A;
}
