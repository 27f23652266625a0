import { withRoom } from "../compile/room.ts";

/** A set of numbers from zero. */
export class Bits {
  #bytes: Uint8Array = new Uint8Array(1024);

  set(number: number): void {
    const at = Math.floor(number / 8);
    this.#bytes = withRoom(this.#bytes, at + 1);
    this.#bytes[at] = (this.#bytes[at] as number) | (1 << (number & 7));
  }

  has(number: number): boolean {
    return (((this.#bytes[Math.floor(number / 8)] ?? 0) >> (number & 7)) & 1) === 1;
  }
}
