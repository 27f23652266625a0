import { bannedFindings, generatedCodeLines, wordFindings } from "./banned.ts";
import { dependencyFindings } from "./dependencies.ts";
import { docsFindings } from "./docs.ts";
import type { Finding } from "./finding.ts";
import { importFindings } from "./import-table.ts";
import { nameFindings } from "./names.ts";
import type { Repository } from "./repository.ts";
import { sizeFindings } from "./sizes.ts";
import { isIn, isSource, parseSource, type Source } from "./source.ts";

/** Everything in the repository that breaks a rule, by file. */
export function checkRepository(repository: Repository): Finding[] {
  const sources = repository.files.filter(isSource).map(parseSource);
  const documents = repository.files.filter(({ path }) => path.endsWith(".md"));
  return [
    ...[...repository.paths].filter((path) => !path.startsWith(".")).flatMap(nameFindings),
    ...sources.flatMap((source) => [...importFindings(source), ...sizeFindings(source), ...bannedFindings(source)]),
    ...generatedCodeFindings(sources),
    ...documents.flatMap(({ path, text }) => wordFindings(path, withoutCodeSpans(text))),
    ...docsFindings(repository),
    ...dependencyFindings(repository),
  ];
}

/** A document may talk about a banned word, in a code span; blanked out here, line by line. */
function withoutCodeSpans(markdown: string): string {
  return markdown.replace(/`[^`\n]*`/g, (span) => " ".repeat(span.length));
}

/** Code made out of text is allowed in one file of the checker's compiler, where it can be watched. */
function generatedCodeFindings(sources: readonly Source[]): Finding[] {
  const sites = sources
    .map((source) => ({ path: source.path, lines: generatedCodeLines(source) }))
    .filter(({ lines }) => lines.length > 0);
  const allowed = sites.find(({ path }) => isIn(path, "checker/compile"))?.path;
  return sites
    .filter(({ path }) => path !== allowed)
    .flatMap(({ path, lines }) =>
      lines.map((line): Finding => {
        const place = allowed === undefined ? "one file of checker/compile" : allowed;
        const message = `code is made out of text in ${place} and nowhere else: hand it the text`;
        return { rule: "generated-code", path, line, message };
      }),
    );
}
