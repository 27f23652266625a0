/** What one client appended to a key that only it writes. */
interface OwnKey {
  readonly key: string;
  readonly acknowledged: string[];
  readonly doubtful: Set<string>;
}

const APPENDS_OF_A_KEY = 100;

/**
 * Keys with one writer each, which appends numbers, so that a write that is lost, or made twice, or out of order shows
 * in the value however much was written later.
 */
export class OwnKeys {
  readonly #name: string;
  readonly #keys: OwnKey[] = [];
  #count = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** The next thing to append, and to which key. */
  next(): { readonly key: string; readonly piece: string } {
    if (this.#count % APPENDS_OF_A_KEY === 0) {
      this.#keys.push({ key: `${this.#name}/${this.#keys.length}`, acknowledged: [], doubtful: new Set() });
    }
    this.#count += 1;
    return { key: this.#current.key, piece: `${this.#count};` };
  }

  acknowledged(piece: string): void {
    this.#current.acknowledged.push(piece);
  }

  doubtful(piece: string): void {
    this.#current.doubtful.add(piece);
  }

  get keys(): string[] {
    return this.#keys.map(({ key }) => key);
  }

  get acknowledgedCount(): number {
    return this.#keys.reduce((sum, { acknowledged }) => sum + acknowledged.length, 0);
  }

  /** What is wrong with a value that was read when nothing was under way any more; null if nothing is. */
  problem(key: string, value: string): string | null {
    const own = this.#keys.find((one) => one.key === key);
    if (own === undefined) throw new Error(`${key} is no key of ${this.#name}`);
    const doubts = new Set(own.doubtful);
    // Of what is in doubt each piece may be there once.
    const found = (value.match(/\d+;/g) ?? []).filter((piece) => !doubts.delete(piece));
    if (found.join("") === own.acknowledged.join("")) return null;
    const lost = own.acknowledged.filter((piece) => !found.includes(piece));
    const what = lost.length > 0 ? `acknowledged and not there: ${lost.join("")}` : "there twice, or in another order";
    return `${key}: ${what} (value ${JSON.stringify(value)}, acknowledged ${JSON.stringify(own.acknowledged.join(""))})`;
  }

  get #current(): OwnKey {
    const current = this.#keys.at(-1);
    if (current === undefined) throw new Error("nothing was begun");
    return current;
  }
}
