/** A piece of code in a document: a code span, or one line of a fenced block. */
export interface CodeLine {
  readonly text: string;
  readonly line: number;
  /** Whether a reader would type it: a code span, a line of a shell or YAML block, or a line after a "$ " prompt. */
  readonly isCommand: boolean;
}

const FENCE = /^\s*(```+|~~~+)\s*([a-z]*)/;
const TYPED = new Set(["sh", "bash", "shell", "zsh", "console", "yaml", "yml"]);

/** All code of a document. Lines that a backslash continues are one line, with the number of the first. */
export function codeOf(markdown: string): CodeLine[] {
  const found: CodeLine[] = [];
  let language: string | undefined;
  for (const { text, line } of joinedLines(markdown)) {
    const fence = FENCE.exec(text);
    if (fence !== null) language = language === undefined ? (fence[2] ?? "") : undefined;
    else if (language !== undefined) found.push(fencedLine(text, line, language));
    else found.push(...spansOf(text, line));
  }
  return found;
}

function joinedLines(markdown: string): { text: string; line: number }[] {
  const joined: { text: string; line: number }[] = [];
  let isContinued = false;
  for (const [index, text] of markdown.split("\n").entries()) {
    const previous = joined.at(-1);
    const part = text.replace(/\\$/, "");
    if (isContinued && previous !== undefined) previous.text += part;
    else joined.push({ text: part, line: index + 1 });
    isContinued = text.endsWith("\\");
  }
  return joined;
}

function spansOf(text: string, line: number): CodeLine[] {
  return [...text.matchAll(/`([^`]+)`/g)].map((match) => ({ text: match[1] ?? "", line, isCommand: true }));
}

function fencedLine(text: string, line: number, language: string): CodeLine {
  const prompt = /^\s*\$ (.*)$/.exec(text);
  if (prompt !== null) return { text: prompt[1] ?? "", line, isCommand: true };
  return { text: text.replace(/(^|\s)#.*$/, ""), line, isCommand: TYPED.has(language) };
}

/** The targets of links to other files: not to the web, and not within the document. */
export function linksOf(markdown: string): { readonly target: string; readonly line: number }[] {
  return markdown.split("\n").flatMap((text, index) =>
    [...text.matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => (match[1] ?? "").replace(/#.*$/, ""))
      .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
      .map((target) => ({ target, line: index + 1 })),
  );
}
