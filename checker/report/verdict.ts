/** The line that a reader remembers: verdict, property, kind, step, shortest or not, complete or not. */
import type { Settings } from "../../spec/lang/index.ts";
import { howItEnded } from "./finding.ts";
import type { Report } from "./report.ts";

export function verdictLine(report: Report): string {
  const states = counted(report.distinct, "distinct state");
  switch (report.verdict) {
    case "holds":
      return `HOLDS${bounds(report)} · ${states} · complete`;
    case "violated": {
      const { name = "", kind = "", step = 0, shortest = false } = report.finding ?? {};
      const what = kind === "deadlock" ? "deadlock" : `${name} (${kindInWords(kind)})`;
      return `VIOLATED ${what} at step ${step} · ${shortest ? "shortest" : "not shortest"} · ${states}`;
    }
    case "incomplete":
      return `INCOMPLETE: ${incompleteness(report)} · ${states} so far`;
    case "failed": {
      const { step = 0, error = null } = report.finding ?? {};
      const what = error === null ? "the spec failed" : `${error.where} ${howItEnded(error.part)}`;
      return `FAILED: ${what} at step ${step} · ${states}`;
    }
  }
}

/** The kind of a property as people say it. */
export function kindInWords(kind: string): string {
  return kind === "step" ? "step invariant" : kind;
}

/** `servers=3 values=1` */
export function settingsText(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name}=${value}`)
    .join(" ");
}

/** A count with thousands marked, the same on every machine. */
export function number(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}

function counted(count: number, noun: string): string {
  return `${number(count)} ${noun}${count === 1 ? "" : "s"}`;
}

/** The numbers that make the model finite, what else differs from its default, and the constraints that kept states out. */
function bounds({ model, outside }: Report): string {
  const isBound = ([name, value]: readonly [string, unknown]): boolean =>
    typeof value === "number" || model.unusual.includes(name);
  const numbers = Object.fromEntries(Object.entries(model.settings).filter(isBound));
  const constraints = outside.filter(({ states }) => states > 0).map(({ constraint }) => constraint);
  const parts = [settingsText(numbers), ...constraints].filter((part) => part !== "");
  return parts.length === 0 ? "" : ` within bounds: ${parts.join(" ")}`;
}

function incompleteness({ stopped, walks }: Report): string {
  if (stopped === null) return "stopped";
  if (stopped.by === "walks") {
    const count = walks?.walks ?? stopped.limit ?? 0;
    return `${counted(count, "random walk")} (seed ${walks?.seed ?? 0}) found no violation`;
  }
  const left = counted(stopped.frontier, "state");
  return stopped.by === "depth"
    ? `stopped by ${stopped.cause}, ${left} at that depth not expanded`
    : `stopped by ${stopped.cause}, ${left} left on the queue`;
}
