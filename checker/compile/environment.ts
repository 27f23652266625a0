import { type Interners, newInterners, type Schema } from "../../spec/lang/index.ts";
import { Flyweights, type Registry } from "./flyweights.ts";

/** What the places of one program share: the tables of their values. */
export class Environment {
  readonly interners: Interners;
  /** All tables, by their index. */
  readonly tables: Flyweights[] = [];
  readonly #byShape = new Map<string, Flyweights>();
  readonly #registry: Registry | null;

  constructor(registry: Registry | null, interners: Interners = newInterners()) {
    this.interners = interners;
    this.#registry = registry;
    registry?.serve(this.tables);
  }

  /** The table of a schema. Schemas of the same shape share one, so that their numbers can be compared. */
  flyweights(schema: Schema): Flyweights {
    const shape = this.interners.shapeOf(schema);
    const known = this.#byShape.get(shape);
    if (known !== undefined) return known;
    const table = new Flyweights(schema, this.interners.of(schema), this.tables.length, this.#registry);
    this.tables.push(table);
    this.#byShape.set(shape, table);
    return table;
  }
}
