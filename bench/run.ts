/** `npm run bench`: rates, growth and peers, as tables on the terminal and as files in bench/results. */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { climb, memoryPlot, ratePlot } from "./ladder.ts";
import { formatMeasured, measure } from "./partial-order/measure.ts";
import { allSubjects, tinySubjects } from "./partial-order/subjects.ts";
import { comparePeers } from "./peers/compare.ts";
import { formatRates, type Heat, measureRates, type Rates } from "./rates.ts";
import { type Programs, raftWorkload, runnerOf, type Subject, subjects, type Workload } from "./subjects.ts";

const parts = ["rates", "ladder", "peers", "partial-order"] as const;

const usage = `npm run bench -- [options]
  --tiny             everything on small models, in seconds
  --only <part>      ${parts.join(", ")} (repeatable; all by default)
  --subject <name>   ${subjects.map(({ name }) => name).join(", ")} (repeatable; all by default)
  --rounds <count>   how often each is measured (default: 5; the ladder: 1)
  --to <states>      how far the ladder goes, up to 1.1e8 (default: 5e6)
  --seconds <count>  the longest that one exploration may take (default: 600)
  --out <folder>     where results go (default: bench/results; with --tiny: dist/.bench/tiny)
`;

interface Options {
  readonly isTiny: boolean;
  readonly only: readonly string[];
  readonly subjects: readonly Subject[];
  readonly rounds: number | null;
  readonly to: number;
  readonly seconds: number;
  readonly out: string;
}

function optionsOf(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      tiny: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [...parts] },
      subject: { type: "string", multiple: true, default: subjects.map(({ name }) => name) },
      rounds: { type: "string" },
      to: { type: "string", default: "5e6" },
      seconds: { type: "string", default: "600" },
      out: { type: "string" },
    },
  });
  const unknown = [
    ...values.only.filter((name) => !parts.some((part) => part === name)),
    ...values.subject.filter((name) => !subjects.some((subject) => subject.name === name)),
    ...[values.rounds ?? "1", values.to, values.seconds].filter((value) => !(Number(value) >= 1)),
  ];
  if (unknown.length > 0) throw new RangeError(`cannot take ${unknown.join(", ")}`);
  return {
    isTiny: values.tiny,
    only: values.only,
    subjects: subjects.filter(({ name }) => values.subject.includes(name)),
    rounds: values.rounds === undefined ? null : Math.floor(Number(values.rounds)),
    to: values.tiny ? 13_000 : Number(values.to),
    seconds: Number(values.seconds),
    out: values.out ?? (values.tiny ? join("dist", ".bench", "tiny") : join("bench", "results")),
  };
}

/** Slow subjects take part in the small model only: the reference needs a quarter of an hour for the next one. */
function heatsOf({ isTiny, subjects: chosen }: Options, programs: Programs): Heat[] {
  const among = (workload: Workload, ...slow: readonly string[]): Heat => ({
    workload: workload.name,
    runners: chosen.filter(({ name }) => !slow.includes(name)).map((one) => runnerOf(one, workload, programs)),
  });
  if (isTiny) return [among(raftWorkload("2s-2e-0r-1v", null)), among(raftWorkload("3s-1e-0r-1v", 1_000))];
  return [
    among(raftWorkload("3s-1e-0r-1v", null)),
    among(raftWorkload("3s-1e-0r-2v", null), "reference"),
    among(raftWorkload("3s-2e-0r-1v", 10_000_000), "reference", "views"),
  ];
}

async function bench(options: Options): Promise<void> {
  const { isTiny, only, rounds, to, seconds, out } = options;
  const programs: Programs = {
    lockstep: join("dist", "cli", "main.js"),
    handPacked: join("dist", ".bench", "hand-packed", "main.js"),
    cwd: process.cwd(),
    secondsMax: seconds,
  };
  const say = (line: string) => process.stderr.write(`${line}\n`);
  const write = (name: string, text: string) => writeFileSync(join(out, name), text);
  const show = (title: string, rates: Rates) => {
    process.stdout.write(`\n== ${title}\n${formatRates(rates)}`);
    write(`${title}.json`, `${JSON.stringify({ machine: machine(), ...rates }, null, 2)}\n`);
  };
  mkdirSync(out, { recursive: true });
  if (only.includes("rates")) {
    show("rates", await measureRates(heatsOf(options, programs), rounds ?? (isTiny ? 1 : 5), say));
  }
  if (only.includes("ladder")) {
    const from = isTiny ? 0 : 10_000;
    const climbed = await climb(
      options.subjects,
      { from, to, rounds: rounds ?? 1, secondsMax: seconds },
      programs,
      say,
    );
    show("ladder", climbed);
    write("ladder-rate.svg", ratePlot(climbed));
    write("ladder-memory.svg", memoryPlot(climbed));
  }
  if (only.includes("peers")) {
    const sizes = isTiny ? [3] : [7, 8, 9];
    const engines = options.subjects.filter(({ flags }) => flags !== null);
    show("peers", await comparePeers(sizes, engines, rounds ?? (isTiny ? 1 : 3), programs, say));
  }
  if (only.includes("partial-order")) {
    const measured = (isTiny ? tinySubjects() : allSubjects()).map((subject) => {
      say(`partial order, ${subject.name}`);
      return measure(subject);
    });
    process.stdout.write(`\n== partial-order\n${formatMeasured(measured)}`);
    write("partial-order.json", `${JSON.stringify({ measured }, null, 2)}\n`);
  }
}

/** What a reader of the numbers has to know of where they were measured. */
function machine() {
  const processors = cpus();
  const gigabytes = Math.round(totalmem() / 2 ** 30);
  return {
    node: process.version,
    processor: processors[0]?.model ?? "unknown",
    processors: processors.length,
    gigabytes,
  };
}

try {
  await bench(optionsOf(process.argv.slice(2)));
} catch (error) {
  process.stderr.write(`${error}\n\n${usage}`);
  process.exitCode = 1;
}
