/** A search by one thread, level by level. */
import type { Model } from "../../spec/lang/index.ts";
import { refuseTemporal } from "../reference/reference.ts";
import { Semantics } from "../reference/semantics.ts";
import type { Limits, Outcome, Progress, World } from "../search/outcome.ts";
import type { Command } from "../search/search.ts";
import { Table } from "../store/table.ts";
import { Explorer } from "./explorer.ts";
import { Levels } from "./levels.ts";
import { Witness } from "./witness.ts";

const rowsPerPause = 512;

export function* searchAlone(
  model: Model,
  engine: "views" | "lowered",
  limits: Limits,
  world: World,
): Generator<Progress, Outcome, Command> {
  refuseTemporal(model);
  const table = new Table(null);
  const explorer = new Explorer(model, table, null, engine, (words) => new Int32Array(words));
  const witness = new Witness(new Semantics({ ...model, deadData: null }), table, (state) =>
    explorer.fingerprintOf(state),
  );
  const levels = new Levels(model, engine, table, witness, limits, world);
  explorer.start();
  for (;;) {
    levels.end([explorer.report()]);
    if (levels.isOver) return levels.outcome();
    yield* expandLevel(explorer, levels);
    if (levels.isOver) return levels.outcome();
  }
}

/** Expands the states that wait. Where a limit stops it, the levels are over. */
export function* expandLevel(explorer: Explorer, levels: Levels): Generator<Progress, void, Command> {
  explorer.begin(levels.met);
  let rows = 0;
  for (const chunk of explorer.next.take()) {
    const used = chunk[0] ?? 0;
    for (let at = 1; at < used; rows += 1) {
      if (rows % rowsPerPause === 0) {
        const command = yield levels.progress(explorer.counts.generated, rows, explorer.next.count);
        if (levels.isToStop(command)) {
          levels.stop([explorer.report()], rows);
          return;
        }
      }
      at = explorer.expand(chunk, at, levels.level);
    }
    explorer.next.recycle(chunk);
  }
}
