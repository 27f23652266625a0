/** Models as rows: which constants, and what TLC found with them. */
import type { Expectation, ModelDeclaration, Settings, Spec } from "../../../spec/lang/index.ts";

interface Counts {
  readonly distinct: number;
  readonly generated: number;
  readonly depth: number;
}

interface Violation {
  readonly violated: string;
  readonly traceLength: number;
}

interface Row {
  readonly name: string;
  readonly says: string;
  /** The constants that differ from those of the table. */
  readonly set: Settings;
  readonly found: Counts | Violation;
  /** Those of the published .cfg unless told. */
  readonly properties?: readonly string[];
  readonly symmetry?: true;
  readonly large?: true;
}

interface Table {
  readonly spec: Spec;
  readonly file: string;
  readonly origin: string;
  /** What every row of the table sets. */
  readonly set: Settings;
  readonly rows: readonly Row[];
}

const published = ["LeaderHasAllAckedValues", "NoLogDivergence", "MaxOneReconfigurationAtATime"];

/** The models of a table. All were run with TLC 2.19, one worker, no check for deadlocks, no VIEW. */
export function modelsOf({ spec, file, origin, set, rows }: Table): readonly ModelDeclaration[] {
  return rows.map(({ found, properties = published, ...row }) => {
    const settings = { ...set, ...row.set };
    const constants = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
    const verdict: Expectation["verdict"] = "violated" in found ? "violated" : "holds";
    const source = [origin, ...constants, ...(row.symmetry === true ? ["SYMMETRY symmValues"] : [])].join(", ");
    return { ...row, spec, file, set: settings, properties, deadlock: false, expect: { verdict, ...found, source } };
  });
}
