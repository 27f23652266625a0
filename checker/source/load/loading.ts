/** Runs the code of a spec at the top of its files, and gives what it gives. */
export type Loading = <R>(run: () => R) => R;

/** Runs it, and that is all. */
export const asItIs: Loading = (run) => run();
