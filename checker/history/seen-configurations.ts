/**
 * The configurations that the search has been in: which operations are ordered, and the state they leave. They are kept
 * whole and compared in full, so that no verdict rests on chance.
 */
export interface SeenConfigurations {
  readonly count: () => number;
  readonly has: (position: number) => boolean;
  readonly set: (position: number) => void;
  readonly clear: (position: number) => void;
  /** Remembers the present set with this state; false where it was known. */
  readonly add: (stateKey: string | number) => boolean;
}

/**
 * Of the first `required` positions, which come in the order of their calls, nearly all below some point are ordered and
 * none above another: only the words between are written. The others are written in full.
 */
export function seenConfigurations(required: number, optional: number): SeenConfigurations {
  const words = (required + 15) >> 4;
  const bits = new Uint16Array(words + ((optional + 15) >> 4));
  const seen = new Set<string>();
  const wordOf = (position: number): number =>
    position < required ? position >> 4 : words + ((position - required) >> 4);
  const maskOf = (position: number): number => 1 << ((position < required ? position : position - required) & 15);

  const key = (stateKey: string | number): string => {
    let low = 0;
    while (low < words && bits[low] === 0xffff) low += 1;
    let high = words;
    while (high > low && bits[high - 1] === 0) high -= 1;
    return `${low},${high},${textOf(bits, low, high)}${textOf(bits, words, bits.length)}${typeof stateKey === "number" ? "#" : "$"}${stateKey}`;
  };
  return {
    count: () => seen.size,
    has: (position) => ((bits[wordOf(position)] ?? 0) & maskOf(position)) !== 0,
    set: (position) => {
      bits[wordOf(position)] = (bits[wordOf(position)] ?? 0) | maskOf(position);
    },
    clear: (position) => {
      bits[wordOf(position)] = (bits[wordOf(position)] ?? 0) & ~maskOf(position);
    },
    add: (stateKey) => {
      const before = seen.size;
      return seen.add(key(stateKey)).size > before;
    },
  };
}

/** One character a word, in pieces: a call takes only so many arguments. */
function textOf(words: Uint16Array, from: number, to: number): string {
  let text = "";
  for (let start = from; start < to; start += 4096) {
    text += String.fromCharCode(...words.subarray(start, Math.min(start + 4096, to)));
  }
  return text;
}
