/**
 * Steps of several states that are looked up in the table together, so that memory answers for one while the next are
 * asked for. Of each step: the fingerprint of its end, its leaf, its action, where the row of its
 * beginning is, and the renaming that gave the fingerprint.
 */
import { withRoom } from "./room.ts";

export class Batch {
  count = 0;
  lows = new Int32Array(256);
  highs = new Int32Array(256);
  leaves = new Int32Array(256);
  actions = new Int32Array(256);
  parents = new Int32Array(256);
  renamings = new Int32Array(256);

  clear(): void {
    this.count = 0;
  }

  add(low: number, high: number, leaf: number, action: number, parent: number, renaming: number): void {
    const { count } = this;
    if (count === this.lows.length) this.#grow();
    this.lows[count] = low;
    this.highs[count] = high;
    this.leaves[count] = leaf;
    this.actions[count] = action;
    this.parents[count] = parent;
    this.renamings[count] = renaming;
    this.count = count + 1;
  }

  #grow(): void {
    const length = this.count + 1;
    this.lows = withRoom(this.lows, length);
    this.highs = withRoom(this.highs, length);
    this.leaves = withRoom(this.leaves, length);
    this.actions = withRoom(this.actions, length);
    this.parents = withRoom(this.parents, length);
    this.renamings = withRoom(this.renamings, length);
  }
}
