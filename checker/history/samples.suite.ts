/** Histories for tests, written as a person would tell them. */
import { historyModels, type Operation, readHistory } from "./index.ts";

export const unlimited = { isOver: () => false, configurationCountMax: 1e6 };

export function modelNamed(name: string) {
  const model = historyModels.find((known) => known.name === name);
  if (model === undefined) throw new Error(`there is no model ${name}`);
  return model;
}

/** Events such as `0 invoke write 1` or `1 ok read null`, with `write x 1` where there is a key, as our own format. */
export function told(events: readonly string[]): string {
  return events
    .map((event) => {
      const [process = "", type, f, ...rest] = event.split(" ");
      const value = JSON.parse(rest.at(-1) ?? "null");
      const key = rest.length > 1 ? { key: rest[0] } : {};
      return JSON.stringify({ process: Number(process), type, f, ...key, value });
    })
    .join("\n");
}

export function operationsOf(text: string, model: string): readonly Operation[] {
  const history = readHistory(text, modelNamed(model));
  if (!history.ok) throw new Error(`line ${history.fault.line}: ${history.fault.what}`);
  return history.operations;
}
