/**
 * Sizes that end a run before it begins. What is listed one by one (the combinations of parameters, the keys of a map, the
 * renamings of ids) is counted first, so that a number that is too large is an answer and not a run out of memory.
 */
import {
  type Action,
  cardinality,
  type IdSet,
  type Model,
  nodeOf,
  presentFields,
  type RecordSchema,
  renamingsMax,
  type Schema,
  SpecError,
} from "../../spec/lang/index.ts";

/** Combinations of one action's parameters. Each is a function call in each state, and some hundred bytes. */
const choicesMax = 2 ** 20;
/** Places that a state is made of: each is read and written for each state. */
const placesMax = 2 ** 20;
/** Keys of one map. */
const keysMax = 2 ** 20;

/** A number that is too large, and what makes it smaller. */
export class SizeError extends SpecError {
  override readonly name = "SizeError";
  readonly tries: readonly string[];
  /** The parameter (`Fill.j`) or the field of the state that the number is of; null where it is anything else. */
  readonly of: { readonly kind: "parameter" | "field"; readonly name: string } | null;

  constructor(message: string, tries: readonly string[], of: SizeError["of"] = null) {
    super(message);
    this.tries = tries;
    this.of = of;
  }
}

/** Throws `SizeError` where the model is too large to be listed. */
export function refuseSizes(model: Model): void {
  for (const action of [model.spec.init, ...model.actions]) refuseChoices(action, model.constants);
  refusePlaces(model.schema);
  refuseRenamings(model);
}

function refuseChoices(action: Action, constants: unknown): void {
  const sizes: string[] = [];
  let product = 1;
  let largest = { name: "", size: 0 };
  for (const [name, domain] of Object.entries(action.params(constants))) {
    if (domain.kind === "found") continue;
    const size = cardinality(domain);
    product *= size;
    if (size > largest.size) largest = { name, size };
    sizes.push(`${name}: ${spelled(size)} ${size === 1 ? "value" : "values"}`);
  }
  if (product <= choicesMax) return;
  const together = sizes.length === 1 ? "" : `; together ${spelled(product)} combinations`;
  throw new SizeError(
    `the parameters of ${action.name} have too many values (${sizes.join("; ")}${together}); the limit is ${spelled(choicesMax)}`,
    [
      "Declare a smaller domain, or set smaller constants with --set.",
      "Write found((s) => ...), which ranges over what is in the state.",
      "Write two actions instead of one: the first chooses a part and keeps it in the state, the second chooses the rest.",
    ],
    { kind: "parameter", name: `${action.name}.${largest.name}` },
  );
}

/** Throws where a choice of this many combinations is made in a state. */
export function refuseFoundChoices(action: string, count: number): void {
  if (count <= choicesMax) return;
  throw new SizeError(
    `the parameters of ${action} have ${spelled(count)} combinations in this state; the limit is ${spelled(choicesMax)}`,
    ["Write a domain that ranges over less of the state."],
  );
}

function refusePlaces(schema: RecordSchema): void {
  const places = placesOf(schema, "");
  if (places <= placesMax) return;
  const [most] = presentFields(schema)
    .map(([name, field]) => ({ name, field, size: placesOf(field, name) }))
    .sort((one, other) => other.size - one.size);
  if (most === undefined) return;
  const smallest =
    nodeOf(most.field).kind === "sequence"
      ? `Declare a smaller greatest length of ${most.name}.`
      : "Set smaller constants with --set, or declare fewer keys and shorter sequences.";
  throw new SizeError(
    `a state has room for ${spelled(places)} values, ${spelled(most.size)} of them in ${most.name}: a map has room for one at each key, a sequence for its greatest length; the limit is ${spelled(placesMax)}`,
    [smallest, "Declare a set or a bag of records, which takes room for its elements only."],
    { kind: "field", name: most.name },
  );
}

/** The places of a schema. Throws where it has a map with too many keys. */
function placesOf(schema: Schema, path: string): number {
  const node = nodeOf(schema);
  switch (node.kind) {
    case "record":
      return presentFields(node).reduce(
        (sum, [name, field]) => sum + placesOf(field, path === "" ? name : `${path}.${name}`),
        0,
      );
    case "map": {
      const keys = cardinality(node.keys);
      if (keys > keysMax) {
        throw new SizeError(
          `the map ${path} has ${spelled(keys)} keys; the limit is ${spelled(keysMax)}`,
          [
            "Declare keys of fewer values, or set smaller constants with --set.",
            "Declare a set or a bag of records, which takes room for its elements only.",
          ],
          { kind: "field", name: path.split(/[.[]/)[0] ?? path },
        );
      }
      return keys * placesOf(node.values, `${path}[]`);
    }
    case "sequence":
      return 1 + node.max;
    default:
      return 1;
  }
}

function refuseRenamings({ symmetric, constants }: Model): void {
  const sets = symmetric.map(
    (name) => [name, (constants as Readonly<Record<string, IdSet>>)[name]?.length ?? 0] as const,
  );
  const renamings = renamingsOf(sets.map(([, size]) => size));
  if (renamings <= renamingsMax) return;
  const names = sets.map(([name, size]) => `${spelled(size)} ids of ${name}`).join(" and ");
  throw new SizeError(
    `symmetry over ${names} means ${spelled(renamings)} renamings, which are tried on every state; the limit is ${spelled(renamingsMax)}`,
    [...smaller(sets), "Remove --symmetry, or add --no-symmetry where the model sets it."],
  );
}

/** The largest sizes that can be renamed, smaller by as much for each set. */
function smaller(sets: readonly (readonly [string, number])[]): readonly string[] {
  for (let most = Math.max(...sets.map(([, size]) => size)) - 1; most > 0; most -= 1) {
    const cut = sets.map(([name, size]) => [name, Math.min(size, most)] as const);
    if (renamingsOf(cut.map(([, size]) => size)) > renamingsMax) continue;
    const changed = cut.filter(([, size], position) => size !== sets[position]?.[1]);
    return [changed.map(([name, size]) => `--set ${name}=${size}`).join(" ")];
  }
  return [];
}

function renamingsOf(sizes: readonly number[]): number {
  let product = 1;
  for (const size of sizes) for (let n = 2; n <= size && product < Number.POSITIVE_INFINITY; n += 1) product *= n;
  return product;
}

/** A number with its thousands marked, and one beyond all counting in words. */
function spelled(count: number): string {
  if (count >= 2 ** 53)
    return count === Number.POSITIVE_INFINITY ? "more than 10^308" : `about 10^${Math.floor(Math.log10(count))}`;
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ",");
}
