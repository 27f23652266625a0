import { base, type Chapter, type Entry, type Shown } from "./entry.suite.ts";
import { insteadOf } from "./instead.suite.ts";

const head = `<!-- Written by cli/errors/errors.test.ts: UPDATE=1 npx vitest run cli/errors. Edit the entries, not this page. -->
# Errors

What Lockstep prints when a spec, a command or a file is wrong: first what was written, then what is printed. To find an
error, search this page for the words that were printed, without the names of your spec.

An entry changes the spec below: first the wrong lines with their numbers, then what is printed, then the command and its
exit code, which [exit-codes.md](exit-codes.md) explains. "Write instead" gives lines with which the same spec can be
explored; the tests of this page run them. Lines that an entry does not change are not shown. Of a report only the part about
the error is shown, and not the behaviour that leads there.

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

function entryText(entry: Entry, shown: Shown | undefined): string {
  const { title, note } = entry;
  if (shown === undefined) throw new Error(`${title} was not run`);
  const { written, line, printed, exit } = shown;
  const instead = insteadOf(entry);
  const spec = written === "" ? "" : `\`\`\`ts\n${written}\n\`\`\`\n\n`;
  const correction = instead === null ? "" : `\nWrite instead:\n\n\`\`\`ts\n${instead}\n\`\`\`\n`;
  const why = note === undefined ? "" : `${note}\n\n`;
  return `### ${title}\n\n${why}${spec}\`\`\`text\n${printed.trimEnd()}\n\`\`\`\n\n\`lockstep ${line}\` ends with ${exit}.\n${correction}`;
}

function anchor(title: string): string {
  return title
    .toLowerCase()
    .replaceAll(/[^a-z ]/g, "")
    .replaceAll(" ", "-");
}
