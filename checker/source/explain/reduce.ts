/**
 * From everything that was evaluated to what decided the value: of a false conjunction the first false conjunct, of
 * a false `every` the element and the reason inside, of `a ? b : c` the condition and the branch taken.
 */
import type { Explanation, Witness } from "./explanation.ts";
import { formatValue } from "./format-value.ts";
import type { RecordedNode } from "./recorder.ts";
import type { Decision, Site } from "./site.ts";
import { comparisonDetail, testDetail, witnessOf, witnessOfCall, witnessOfRound } from "./wording.ts";

/** A quantifier that holds for every element is explained element by element up to this many of them. */
const elementsMax = 4;

export class Reducer {
  readonly #sites: readonly Site[];
  /** For each definition, its evaluations in the order they happened. */
  readonly #definitions = new Map<number, RecordedNode[]>();
  readonly #order = new Map<RecordedNode, number>();
  /** Definitions that the explanation has shown already. */
  readonly #shown = new Set<RecordedNode>();
  /** True while the elements of a quantifier are explained one by one. */
  #isListing = false;

  constructor(sites: readonly Site[], roots: readonly RecordedNode[]) {
    this.#sites = sites;
    for (const root of roots) this.#index(root);
  }

  /** Why a predicate that was called from outside has its value. */
  ofPredicate(frame: RecordedNode): Explanation {
    const returned = findReturn(frame, this.#sites)?.at(-1);
    const shown = this.#site(returned ?? frame);
    return { ...place(shown), value: Boolean(frame.value), because: this.ofFrame(frame) };
  }

  /** Why the function that made this frame returned what it did. */
  ofFrame(frame: RecordedNode): readonly Explanation[] {
    const [body] = frame.children;
    const returned = findReturn(frame, this.#sites);
    if (returned !== null) return this.#ofReturn(frame, returned);
    return body === undefined || frame.children.length > 1 ? [] : this.reasons(body);
  }

  /** Why the expression has its value; empty where nothing more can be said. */
  reasons(node: RecordedNode): readonly Explanation[] {
    const site = this.#site(node);
    switch (site.kind) {
      case "and":
      case "or":
        return this.#ofLogical(node, site.kind);
      case "not":
        return this.#ofNegation(node, site);
      case "choice":
        return node.children.flatMap((child) => this.reasons(child));
      case "condition":
      case "definition":
      case "return":
        return this.#ofInner(node);
      case "comparison":
        return [this.#explain(node, comparisonDetail(node, site, this.#sites), this.#ofOperands(node))];
      case "atom":
        return [this.#explain(node, this.#format(node), this.#ofName(node, site.names))];
      case "call":
        return [this.#ofCall(node, site)];
      case "test":
        return [this.#explain(node, testDetail(node, site, this.#sites), [])];
      case "quantifier":
        return [this.#ofQuantifier(node, site)];
      default:
        return [];
    }
  }

  #ofInner({ children: [inner] }: RecordedNode): readonly Explanation[] {
    return inner === undefined ? [] : this.reasons(inner);
  }

  /** The operands that decide: the last one evaluated where the operator stopped there, and otherwise all. */
  #ofLogical(node: RecordedNode, kind: "and" | "or"): readonly Explanation[] {
    const stops = kind === "and" ? !node.value : Boolean(node.value);
    const decisive = stops ? node.children.slice(-1) : node.children;
    return decisive.flatMap((child) => this.reasons(child));
  }

  /** `!x` is as clear as x; `!(a && b)` is shown with what is inside. */
  #ofNegation(node: RecordedNode, site: Site): readonly Explanation[] {
    const [operand] = node.children;
    if (operand === undefined) return [];
    const { kind } = this.#site(operand);
    if (kind !== "and" && kind !== "or") return this.reasons(operand);
    return [{ ...place(site), value: Boolean(node.value), because: this.reasons(operand) }];
  }

  /** Of a comparison only operands that were themselves decided by something: truth values, counts, a null result. */
  #ofOperands(node: RecordedNode): readonly Explanation[] {
    return node.children.flatMap((operand) => {
      const site = this.#site(operand);
      const isCount = site.kind === "quantifier" || this.#definitionOf(operand, site) !== null;
      const isDecided = typeof operand.value === "boolean" || (site.kind === "call" && operand.value === null);
      return isCount || isDecided ? this.reasons(operand).filter(saysMore) : [];
    });
  }

  #ofName(node: RecordedNode, names: number | null): readonly Explanation[] {
    const definition = this.#definitionBefore(node, names);
    if (definition === null || this.#shown.has(definition)) return [];
    this.#shown.add(definition);
    return this.#ofInner(definition).filter(saysMore);
  }

  #definitionOf(node: RecordedNode, site: Site): RecordedNode | null {
    return site.kind === "atom" ? this.#definitionBefore(node, site.names) : null;
  }

  /** The evaluation that gave a name its value: the last before the name was read, if the values agree. */
  #definitionBefore(node: RecordedNode, names: number | null): RecordedNode | null {
    if (names === null) return null;
    const order = this.#order.get(node) ?? 0;
    const before = (this.#definitions.get(names) ?? []).filter((one) => (this.#order.get(one) ?? 0) < order);
    const last = before.at(-1);
    return last?.isDone && Object.is(last.value, node.value) ? last : null;
  }

  #ofCall(node: RecordedNode, site: Extract<Site, { kind: "call" }>): Explanation {
    const frame = site.isOfSpec ? node.children.findLast(({ kind }) => kind === "frame") : undefined;
    const value = this.#format(node);
    if (frame === undefined || !frame.isDone || !Object.is(frame.value, node.value)) {
      return this.#explain(node, value, []);
    }
    const frameSite = this.#site(frame);
    const bindings = frameSite.kind === "frame" ? witnessOfCall(frameSite.bindings, frame.bound) : [];
    const detail = bindings.length === 0 ? value : `${value} with ${inWords(bindings)}`;
    const counted = node.children.filter((child) => this.#site(child).kind === "quantifier" && !isTruth(child.value));
    return this.#explain(node, detail, [...counted.flatMap((child) => this.reasons(child)), ...this.ofFrame(frame)]);
  }

  #ofQuantifier(node: RecordedNode, site: Extract<Site, { kind: "quantifier" }>): Explanation {
    const candidates = node.children.filter(({ kind }) => kind === "candidate");
    if (!isAsDefined(site.method, node.value, candidates)) return this.#explain(node, undefined, []);
    if (site.method === "count") return this.#ofCount(node, candidates, site.over);
    const stopsAt = site.method === "some";
    const decisive = candidates.at(-1);
    if (decisive !== undefined && node.value === stopsAt) {
      return { ...this.#explain(node, undefined, this.#inside(decisive)), witness: this.#witness(decisive, site.over) };
    }
    const value = String(node.value);
    if (candidates.length === 0) return this.#explain(node, `${value}: ${site.over} is empty`, []);
    const detail = candidates.length === 1 ? `${value} for the only one` : `${value} for all ${candidates.length}`;
    return this.#explain(node, detail, this.#elements(candidates, site.over));
  }

  /** Each of a few elements; not inside another such list, which would multiply them. */
  #elements(candidates: readonly RecordedNode[], over: string): readonly Explanation[] {
    if (candidates.length > elementsMax || this.#isListing) return [];
    this.#isListing = true;
    const listed = candidates.map((candidate) => this.#element(candidate, over));
    this.#isListing = false;
    return listed;
  }

  #ofCount(node: RecordedNode, candidates: readonly RecordedNode[], over: string): Explanation {
    const counted = candidates.filter(({ value }) => Boolean(value));
    const names = counted.slice(0, elementsMax).map((one) => inWords(this.#witness(one, over)));
    const rest = counted.length > elementsMax ? ["..."] : [];
    const list = [...names, ...rest].join("; ");
    const detail = `${String(node.value)} of ${candidates.length}${list === "" ? "" : `: ${list}`}`;
    return this.#explain(node, detail, []);
  }

  /** One element of a quantifier that looked at all of them. */
  #element(candidate: RecordedNode, over: string): Explanation {
    const site = this.#site(candidate);
    const value = typeof candidate.value === "boolean" ? candidate.value : String(candidate.value);
    return { ...place(site), value, witness: this.#witness(candidate, over), because: this.#inside(candidate) };
  }

  #inside(candidate: RecordedNode): readonly Explanation[] {
    const frame = candidate.children.find(({ kind }) => kind === "frame");
    return frame === undefined || !Object.is(frame.value, candidate.value) ? [] : this.ofFrame(frame);
  }

  #witness(candidate: RecordedNode, over: string): readonly Witness[] {
    const site = this.#site(candidate);
    return site.kind === "candidate" ? witnessOf(candidate, site, over) : [];
  }

  /** What led to a `return`, and why the returned expression has its value. */
  #ofReturn(frame: RecordedNode, path: readonly RecordedNode[]): readonly Explanation[] {
    const returned = path.at(-1);
    const site = returned === undefined ? undefined : this.#site(returned);
    if (returned === undefined || site?.kind !== "return") return [];
    const around = [frame, ...path.slice(0, -1)];
    const value = this.#ofInner(returned);
    const within = site.within.flatMap((decision) => this.#ofDecision(decision, around));
    const past = value.length > 0 || within.length > 0 ? [] : site.past;
    const reasons = [...past.flatMap((decision) => this.#ofDecision(decision, around)), ...within, ...value];
    const rounds = path.slice(0, -1);
    return rounds.reduceRight<readonly Explanation[]>(
      (inner, round) => [this.#round(round, returned.value, inner)],
      reasons,
    );
  }

  /** The round of a loop in which a function returned. */
  #round(round: RecordedNode, returned: unknown, because: readonly Explanation[]): Explanation {
    const site = this.#site(round);
    const witness = site.kind === "iteration" ? witnessOfRound(site.bindings, round.bound) : [];
    return { ...place(site), value: typeof returned === "boolean" ? returned : "returns", witness, because };
  }

  /** Why a condition let the evaluation pass: looked for in the rounds around the statement, innermost first. */
  #ofDecision({ site, branch }: Decision, around: readonly RecordedNode[]): readonly Explanation[] {
    const children = around.toReversed().flatMap((node) => node.children.toReversed());
    const node = children.find((child) => child.site === site && child.isDone);
    if (node !== undefined) {
      if (branch === null) return [this.#subject(node)];
      return Boolean(node.value) === branch ? this.reasons(node) : [];
    }
    const rounds = children.filter((child) => child.site === site && child.kind === "iteration");
    const first = rounds[0];
    if (first === undefined) return [];
    const detail = rounds.length === 1 ? "one round went by" : `${rounds.length} rounds went by`;
    return [{ ...place(this.#site(first)), value: detail, detail, because: [] }];
  }

  /** The subject of a `switch`. */
  #subject(node: RecordedNode): Explanation {
    const [inner] = node.children;
    const text = inner === undefined ? String(node.value) : this.#format(inner);
    return { ...place(this.#site(node)), value: text, detail: text, because: [] };
  }

  #explain(node: RecordedNode, detail: string | undefined, because: readonly Explanation[]): Explanation {
    const value = typeof node.value === "boolean" ? node.value : this.#format(node);
    const common = { ...place(this.#site(node)), value, because };
    return detail === undefined || detail === String(value) ? common : { ...common, detail };
  }

  #format(node: RecordedNode): string {
    const site = this.#site(node);
    return "shape" in site ? formatValue(node.value, site.shape()) : String(node.value);
  }

  #site(node: RecordedNode): Site {
    const site = this.#sites[node.site];
    if (site === undefined) throw new Error(`no site has the number ${node.site}`);
    return site;
  }

  #index(node: RecordedNode): void {
    this.#order.set(node, this.#order.size);
    if (this.#sites[node.site]?.kind === "definition") {
      this.#definitions.set(node.site, [...(this.#definitions.get(node.site) ?? []), node]);
    }
    for (const child of node.children) this.#index(child);
  }
}

function place({ text, file, line, column }: Site): Pick<Explanation, "text" | "file" | "line" | "column"> {
  return { text, file, line, column };
}

function isTruth(value: unknown): value is boolean {
  return typeof value === "boolean";
}

/** True where an explanation tells more than the value of a name. */
function saysMore({ because, detail, witness }: Explanation): boolean {
  return because.length > 0 || detail !== undefined || witness !== undefined;
}

/** Whether the calls of the callback are those that the method's name promises; of another method nothing is claimed. */
function isAsDefined(method: "every" | "some" | "count", value: unknown, candidates: readonly RecordedNode[]): boolean {
  const found = candidates.map((candidate) => Boolean(candidate.value));
  if (!candidates.every(({ isDone }) => isDone)) return false;
  if (method === "count") return value === found.filter(Boolean).length;
  const stopsAt = method === "some";
  const stopped = found.indexOf(stopsAt);
  return value === stopsAt ? stopped >= 0 && stopped === found.length - 1 : value === !stopsAt && stopped < 0;
}

function inWords(witness: readonly Witness[]): string {
  return witness.map(({ name, value }) => `${name} = ${value}`).join(", ");
}

/** The rounds of loops around the `return` that ended a frame, and the return itself; null where there was none. */
function findReturn(node: RecordedNode, sites: readonly Site[]): readonly RecordedNode[] | null {
  const last = node.children.at(-1);
  if (last === undefined) return null;
  if (sites[last.site]?.kind === "return") return [last];
  if (last.kind !== "iteration") return null;
  const inner = findReturn(last, sites);
  return inner === null ? null : [last, ...inner];
}
