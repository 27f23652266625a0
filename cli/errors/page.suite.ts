import { base, type Chapter, type Entry, type Shown } from "./entry.suite.ts";

const head = `<!-- Written by cli/errors/errors.test.ts: UPDATE=1 npx vitest run cli/errors. Edit the entries, not this page. -->
# Errors

What Lockstep prints when a spec, a command or a file is wrong: first what was written, then what is printed. To find an
error, search this page for the words that were printed, without the names of your spec.

An entry shows how it changes the spec below: \`+\` and a line number before each line that it writes, \`-\` before each line
that it takes away. Lines that stay as they are are left out. The last line of each entry is the command, with its exit code;
the codes are explained in [exit-codes.md](exit-codes.md). Of a report only the part about the error is shown, and not the
behaviour that leads there.

Each \`try\` is one way out: a sentence, or what to type on the command line.

`;

/** The page: every chapter with its entries. */
export function page(chapters: readonly { readonly chapter: Chapter; readonly shown: readonly Shown[] }[]): string {
  const contents = chapters.map(
    ({ chapter }) => `- [${chapter.title}](#${anchor(chapter.title)}): ${chapter.entries.length}`,
  );
  const spec = `## The spec that the entries change

\`\`\`ts
${base
  .trimEnd()
  .split("\n")
  .map((line, at) => `${String(at + 1).padStart(2)}  ${line}`.trimEnd())
  .join("\n")}
\`\`\`
`;
  const parts = chapters.map(({ chapter, shown }) => {
    const entries = chapter.entries.map((entry, at) => entryText(entry, shown[at]));
    return `## ${chapter.title}\n\n${chapter.says}\n\n${entries.join("\n")}`;
  });
  return `${head}${contents.join("\n")}\n\n${spec}\n${parts.join("\n")}`;
}

function entryText({ title, note }: Entry, shown: Shown | undefined): string {
  if (shown === undefined) throw new Error(`${title} was not run`);
  const { written, line, printed, exit } = shown;
  const spec = written === "" ? "" : `\`\`\`diff\n${written}\n\`\`\`\n\n`;
  const why = note === undefined ? "" : `${note}\n\n`;
  return `### ${title}\n\n${why}${spec}\`\`\`text\n${printed.trimEnd()}\n\`\`\`\n\n\`lockstep ${line}\` ends with ${exit}.\n`;
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, "")
    .replaceAll(" ", "-");
}
