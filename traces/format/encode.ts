import { formatVersion, type Json, type Trace, type TracedState } from "./trace.ts";

/** The text of a trace file: equal for equal traces, one variable a line so that two files can be compared. */
export function encodeTrace(trace: Trace): string {
  const { origin, variables, types, states, loop } = trace;
  const meta = {
    format: "ITF",
    "format-description": "https://apalache-mc.org/docs/adr/015adr-trace.html",
    varTypes: types,
    ...(origin === null ? {} : { lockstep: { version: formatVersion, ...origin } }),
  };
  const lines = [
    "{",
    `  "#meta": ${indented(JSON.stringify(meta, null, 2))},`,
    `  "vars": ${JSON.stringify(variables)},`,
    '  "states": [',
    states.map((state, index) => stateText(state, index, variables)).join(",\n"),
    loop === null ? "  ]" : `  ],\n  "loop": ${loop}`,
    "}",
  ];
  return `${lines.join("\n")}\n`;
}

function stateText({ action, parameters, values }: TracedState, index: number, variables: readonly string[]): string {
  const meta: Json = { index, ...(action === null ? {} : { action, parameters }) };
  const fields = [
    `"#meta": ${JSON.stringify(meta)}`,
    ...variables.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(values[name] ?? null)}`),
  ];
  return `    {\n${fields.map((field) => `      ${field}`).join(",\n")}\n    }`;
}

function indented(text: string): string {
  return text.replaceAll("\n", "\n  ");
}
