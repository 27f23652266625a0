import { bytesHash } from "../digest.ts";
import type { Committed, LogChain } from "./facts.ts";
import { Violation } from "./violation.ts";

/** StateMachineSafety (figure 3, section 5.4.3): no two servers apply different entries at the same index. */
export class StateMachineSafety {
  readonly #images = new Map<number, number>();

  /** Entries are applied in their order, none left out, and only what is committed, and the same everywhere. */
  applied(server: string, before: number, index: number, log: LogChain, committed: Committed): void {
    if (index !== before + 1) this.#fail(server, `${server} applies entry ${index} after entry ${before}`);
    if (index > committed.lastIndex) this.#fail(server, `${server} applies entry ${index}, which nobody committed`);
    if (log.linkAt(index) !== committed.linkAt(index)) {
      this.#fail(server, `${server} applies another entry ${index} than the one that was committed`);
    }
  }

  /** The same commands give the same image. */
  image(server: string, index: number, image: Uint8Array): void {
    const hash = bytesHash(image, 0);
    const other = this.#images.get(index);
    if (other === undefined) this.#images.set(index, hash);
    else if (other !== hash)
      this.#fail(server, `the state machine of ${server} at entry ${index} is not that of others`);
  }

  #fail(server: string, what: string): never {
    throw new Violation("StateMachineSafety", server, what);
  }
}
