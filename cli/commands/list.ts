import { Command } from "commander";
import { number } from "../../checker/report/index.ts";
import type { ModelDeclaration } from "../../spec/lang/index.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import type { Io } from "../io.ts";
import { defaultModelName, type ModelGroup, modelGroups } from "../registry.ts";
import { columns } from "../reporters/table.ts";

export function listCommand(io: Io, done: (code: ExitCode) => void): Command {
  return new Command("list")
    .description("list the built-in models, with the verdict and the counts that are recorded for them")
    .option("--json", "as JSON")
    .action((options: { readonly json?: true }) => {
      io.stdout.write(options.json === true ? listJson() : listText());
      done(exitCodes.ok);
    });
}

function listText(): string {
  const blocks = modelGroups.filter(({ models }) => models.length > 0).map(groupText);
  return `${[...blocks, `explore without a name explores ${defaultModelName}`].join("\n\n")}\n`;
}

function groupText({ title, models }: ModelGroup): string {
  const heads = ["  model", "verdict", "distinct", "generated", "depth", "trace", "what it is for"];
  const rows = models.map(({ name, says, expect, large }) => [
    `  ${name}`,
    expect === undefined ? "-" : [expect.verdict, expect.violated].filter((word) => word !== undefined).join(" "),
    ...[expect?.distinct, expect?.generated, expect?.depth, expect?.traceLength].map((count) =>
      count === undefined ? "-" : number(count),
    ),
    large === true ? `${says} (large: takes hours)` : says,
  ]);
  const lines = columns([heads, ...rows], ["left", "left", "right", "right", "right", "right", "left"]);
  return [title, ...lines].join("\n");
}

/** One object for each model; a number that was not recorded is null. */
function listJson(): string {
  const models = modelGroups.flatMap(({ models: group }) => group.map(modelFacts));
  return `${JSON.stringify({ format: "lockstep-models", version: 1, models }, null, 2)}\n`;
}

function modelFacts({ name, says, spec, file, set, properties, symmetry, large, expect }: ModelDeclaration): object {
  return {
    name,
    says,
    spec: spec.name,
    file: file ?? null,
    constants: set ?? {},
    properties: properties ?? spec.properties.map((property) => property.name),
    symmetry: symmetry ?? false,
    large: large ?? false,
    expect:
      expect === undefined
        ? null
        : {
            verdict: expect.verdict,
            violated: expect.violated ?? null,
            distinct: expect.distinct ?? null,
            generated: expect.generated ?? null,
            depth: expect.depth ?? null,
            traceLength: expect.traceLength ?? null,
            source: expect.source,
            note: expect.note ?? null,
          },
  };
}
