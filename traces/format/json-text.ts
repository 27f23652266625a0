/**
 * Positions in JSON text. `JSON.parse` gives values and, where it fails, a message that differs from one version of
 * the runtime to the next; a person who mends a file needs the line and the column.
 */

export interface Position {
  /** Both from one. */
  readonly line: number;
  readonly column: number;
}

export interface SyntaxFault extends Position {
  readonly expected: string;
  readonly found: string;
  /** True where the text ends too early and is well-formed up to there. */
  readonly isTruncated: boolean;
}

/** The first place where the text stops being one JSON value; null where it is one. */
export function syntaxFaultOf(text: string): SyntaxFault | null {
  const scanner = new Scanner(text);
  try {
    scanner.value(() => undefined, []);
    scanner.end();
    return null;
  } catch (error) {
    if (!(error instanceof Unexpected)) throw error;
    const rest = text.slice(error.offset).trimEnd();
    const isTruncated = cutOff.test(rest);
    const found = isTruncated ? "the end of the file" : JSON.stringify([...rest][0]);
    return { ...positionOf(text, error.offset), expected: error.expected, found, isTruncated };
  }
}

/** What is left of a word, a number or an escape that the end of the file cut off. */
const cutOff = /^(?:|-|t(?:ru?)?|f(?:a(?:ls?)?)?|n(?:ul?)?|\\(?:u[0-9a-fA-F]{0,3})?|\.|[eE][+-]?)$/;

/** Where the value at this path starts in well-formed JSON; the start of the deepest part of the path that is there. */
export function positionOfPath(text: string, path: readonly (string | number)[]): Position {
  let best = { depth: -1, offset: 0 };
  new Scanner(text).value((at, offset) => {
    if (at.length > best.depth && at.every((key, depth) => key === path[depth])) best = { depth: at.length, offset };
  }, []);
  return positionOf(text, best.offset);
}

function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, column: offset - before.lastIndexOf("\n") };
}

type Visit = (path: readonly (string | number)[], offset: number) => void;

class Unexpected extends Error {
  readonly offset: number;
  readonly expected: string;

  constructor(offset: number, expected: string) {
    super(`expected ${expected}`);
    this.offset = offset;
    this.expected = expected;
  }
}

/** Deeper text is refused by `JSON.parse` too, with an error that nobody can read. */
const depthMax = 1_000;

class Scanner {
  readonly #text: string;
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  value(visit: Visit, path: readonly (string | number)[]): void {
    this.#space();
    visit(path, this.#at);
    if (path.length > depthMax) throw new Unexpected(this.#at, `at most ${depthMax} levels`);
    const character = this.#text[this.#at];
    if (character === "{") this.#object(visit, path);
    else if (character === "[") this.#array(visit, path);
    else if (character === '"') this.#string();
    else if (!this.#matches(/(?:true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)/y)) {
      throw new Unexpected(this.#at, "a JSON value");
    }
  }

  end(): void {
    this.#space();
    if (this.#at < this.#text.length) throw new Unexpected(this.#at, "the end of the file");
  }

  #object(visit: Visit, path: readonly (string | number)[]): void {
    this.#at += 1;
    this.#space();
    if (this.#takes("}")) return;
    do {
      this.#space();
      const key = this.#string();
      this.#space();
      if (!this.#takes(":")) throw new Unexpected(this.#at, '":"');
      this.value(visit, [...path, key]);
      this.#space();
    } while (this.#takes(","));
    if (!this.#takes("}")) throw new Unexpected(this.#at, '"," or "}"');
  }

  #array(visit: Visit, path: readonly (string | number)[]): void {
    this.#at += 1;
    this.#space();
    if (this.#takes("]")) return;
    let index = 0;
    do {
      this.value(visit, [...path, index]);
      index += 1;
      this.#space();
    } while (this.#takes(","));
    if (!this.#takes("]")) throw new Unexpected(this.#at, '"," or "]"');
  }

  #string(): string {
    const start = this.#at;
    if (this.#text[start] !== '"') throw new Unexpected(start, "a string");
    // biome-ignore lint/suspicious/noControlCharactersInRegex: JSON forbids control characters in strings
    this.#matches(/"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*/y);
    if (!this.#takes('"')) throw new Unexpected(this.#at, 'the rest of a string, and "');
    return JSON.parse(this.#text.slice(start, this.#at)) as string;
  }

  #space(): void {
    this.#matches(/[ \t\r\n]*/y);
  }

  #takes(character: string): boolean {
    if (this.#text[this.#at] !== character) return false;
    this.#at += 1;
    return true;
  }

  /** Moves past a match of the sticky pattern. */
  #matches(pattern: RegExp): boolean {
    pattern.lastIndex = this.#at;
    const isMatch = pattern.test(this.#text);
    if (isMatch) this.#at = pattern.lastIndex;
    return isMatch;
  }
}
