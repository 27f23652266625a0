/** Counts of one thread. */
export class Counts {
  generated = 0;
  readonly fired: number[];
  readonly fresh: number[];
  readonly outside: Record<string, number> = {};
  readonly degrees: number[] = [];

  constructor(actions: number) {
    this.fired = new Array<number>(actions).fill(0);
    this.fresh = new Array<number>(actions).fill(0);
  }
}
