/** For every node its parent, and which of the parent's successors it is: enough to find any behaviour again. */
export class Paths {
  #parents = new Int32Array(1 << 12);
  #ordinals = new Uint16Array(1 << 12);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Adds a node and returns its number. */
  push(parent: number, ordinal: number): number {
    if (ordinal > 0xffff) throw new RangeError(`a state has more than ${0xffff} successors`);
    if (this.#size === this.#parents.length) this.#grow();
    this.#parents[this.#size] = parent;
    this.#ordinals[this.#size] = ordinal;
    this.#size += 1;
    return this.#size - 1;
  }

  /** The ordinals that lead from an initial state to the node, the initial state's first; empty for `noNode`. */
  to(node: number): readonly number[] {
    const ordinals: number[] = [];
    for (let at = node; at >= 0; at = this.#parents[at] ?? -1) ordinals.unshift(this.#ordinals[at] ?? 0);
    return ordinals;
  }

  #grow(): void {
    const parents = new Int32Array(this.#parents.length * 2);
    parents.set(this.#parents);
    this.#parents = parents;
    const ordinals = new Uint16Array(this.#ordinals.length * 2);
    ordinals.set(this.#ordinals);
    this.#ordinals = ordinals;
  }
}
