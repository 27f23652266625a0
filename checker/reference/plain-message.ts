/** What the machine that runs JavaScript says when it is out of something, and what that means to the author of a spec. */
const meanings: readonly (readonly [says: RegExp, means: string])[] = [
  [
    /^Maximum call stack size exceeded$/,
    "a function calls itself too deeply: its recursion does not end, or needs a loop",
  ],
  [
    /^(Invalid (typed )?array length|Invalid string length|Array buffer allocation failed|(Map|Set) maximum size exceeded|Out of memory)/,
    "what is made here does not fit into the memory",
  ],
];

/** What an error says, in words for the author of a spec. */
export function plainMessage(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return meanings.find(([says]) => error instanceof RangeError && says.test(message))?.[1] ?? message;
}

/** True where an error says that memory was used up, whoever used it. */
export function isOutOfMemory(error: unknown): boolean {
  return error instanceof RangeError && meanings[1]?.[0].test(error.message) === true;
}
