/** The view classes of sequences, sets and bags. */
import { codecOf, type Schema, type SequenceSchema, type SetSchema, valuesOf, Writer } from "../../spec/lang/index.ts";
import { type Cell, cellOf } from "./cells.ts";
import type { Emitter } from "./emit-places.ts";
import type { BagShape, MaskShape, SequenceShape } from "./shape.ts";

const sequenceStructure = "[structure](){ return '[' + this.$keys().join(',') + ']'; }";

/** Methods that all collections derive from the list of their elements. */
const lists = `
every(f){ const l = this.$list(); for (let i = 0; i < l.length; i++) if (!f(l[i], i+1)) return false; return true; }
some(f){ const l = this.$list(); for (let i = 0; i < l.length; i++) if (f(l[i], i+1)) return true; return false; }
[Symbol.iterator](){ return this.$list()[Symbol.iterator](); }
$keys(){ return this.$list().map(structuralKey); }`;

const sets = `
[structure](){ return "set{" + this.$keys().sort().join(",") + "}"; }
count(f){ let c = 0; for (const e of this.$list()) if (f(e)) c++; return c; }
equals(x){ return this.size === x.size && this.isSubsetOf(x); }
isSubsetOf(x){ return this.every((e) => x.has(e)); }
union(x){ return setOf(...this.$list()).union(x); }
minus(x){ return setOf(...this.$list()).minus(x); }
intersect(x){ return this.filter((e) => x.has(e)); }
filter(f){ return setOf(...this.$list().filter((e) => f(e))); }
assign(x){ const l = [...x]; this.clear(); for (const e of l) this.add(e); }
$assign(x){ this.assign(x); }
$detach(){ return setOf(...this.$list()); }`;

export function sequenceShape(emitter: Emitter, schema: SequenceSchema, path: string): SequenceShape {
  const cell = cellOf(schema.element, `${path}[]`, emitter.environment);
  const { max } = schema;
  const p = JSON.stringify(path);
  const same = emitter.environment.shape(schema.element);
  const slice = sliceClass(emitter, cell, same);
  const element = (i: string) => cell.decode(`rd(this.o+${i})`);
  const view = emitter.define(
    "Sequence",
    `constructor(o, q){ this.o = o; }
get length(){ return rd(this.o); }
get(i){ const n = rd(this.o); if (!(i >= 1 && i <= n && (i|0) === i)) noIndex(i, n); return ${element("i")}; }
get first(){ return this.get(1); }
get last(){ return this.get(rd(this.o)); }
$list(){ const n = rd(this.o), l = new Array(n); for (let i = 1; i <= n; i++) l[i-1] = ${element("i")}; return l; }
sub(a, b){ if (b >= a) { const n = rd(this.o); if (a < 1 || b > n) noSub(a, b, n); } const w = []; for (let i = a; i <= b; i++) w.push(rd(this.o+i)); return new ${slice}(w); }
has(e){ const w = ${cell.encode("e")}; const n = rd(this.o); for (let i = 1; i <= n; i++) if (rd(this.o+i) === w) return true; return false; }
${sequenceStructure}
equals(x){ return rd(this.o) === x.length && this.isPrefixOf(x); }
isPrefixOf(x){ const n = rd(this.o); if (n > x.length) return false;
  for (let i = 1; i <= n; i++) { if (rd(this.o+i) !== this.$wordOf(x, i)) return false; } return true; }
$word(i){ return rd(this.o+i); }
get $shape(){ return ${same}; }
$wordOf(x, i){ if (x.$shape === ${same}) return x.$word(i); const e = x.get(i); return ${cell.encode("e")}; }
push(e){ const n = rd(this.o); if (n >= ${max}) overflow(${p}, "a sequence of " + (n+1) + " elements", "at most ${max} elements"); wr(this.o+n+1, ${cell.encode("e")}); wr(this.o, n+1); }
set(i, e){ const n = rd(this.o); if (!(i >= 1 && i <= n && (i|0) === i)) noIndex(i, n); wr(this.o+i, ${cell.encode("e")}); }
truncate(n){ const m = rd(this.o); if (!(n >= 0 && n <= m)) noTruncate(n, m); for (let i = n+1; i <= m; i++) wr(this.o+i, 0); wr(this.o, n); }
shift(){ const e = this.first, n = rd(this.o); for (let i = 1; i < n; i++) wr(this.o+i, rd(this.o+i+1)); wr(this.o+n, 0); wr(this.o, n-1); return e; }
assign(x){ const l = [...x]; this.clear(); for (const e of l) this.push(e); }
clear(){ this.truncate(0); }
$assign(x){ this.assign(x); }
$detach(){ return this.sub(1, rd(this.o)); }
${lists}`,
  );
  return { kind: "sequence", cells: max + 1, bags: 0, view, element: cell, max };
}

/** Some elements of a sequence, as they were when it was asked: what `sub` returns. */
function sliceClass(emitter: Emitter, cell: Cell, same: string): string {
  return emitter.define(
    "Slice",
    `constructor(w){ this.w = w; }
get length(){ return this.w.length; }
get(i){ if (!(i >= 1 && i <= this.w.length && (i|0) === i)) noIndex(i, this.w.length); return ${cell.decode("this.w[i-1]")}; }
get first(){ return this.get(1); }
get last(){ return this.get(this.w.length); }
$word(i){ return this.w[i-1]; }
get $shape(){ return ${same}; }
$wordOf(x, i){ if (x.$shape === ${same}) return x.$word(i); const e = x.get(i); return ${cell.encode("e")}; }
$list(){ return this.w.map((w) => ${cell.decode("w")}); }
sub(a, b){ if (b >= a && (a < 1 || b > this.w.length)) noSub(a, b, this.w.length); return new this.constructor(this.w.slice(Math.max(0, a-1), Math.max(0, b))); }
has(e){ return this.w.includes(${cell.encode("e")}); }
equals(x){ return this.w.length === x.length && this.isPrefixOf(x); }
${sequenceStructure}
isPrefixOf(x){ const n = this.w.length; if (n > x.length) return false; for (let i = 1; i <= n; i++) if (this.w[i-1] !== this.$wordOf(x, i)) return false; return true; }
${lists}`,
  );
}

export function maskShape(emitter: Emitter, schema: SetSchema, path: string): MaskShape {
  const cell = cellOf(schema.element, `${path}[]`, emitter.environment);
  const domain = [...valuesOf(schema.element)];
  const size = domain.length;
  const words = Math.ceil(size / 32);
  const bit = (e: string) => `(${cell.encode(e)}${cell.least === 0 ? "" : `-(${cell.least})`})`;
  const bitOfCode = (code: number): number => code - cell.least;
  const byBit = Array.from({ length: size }, (_, at) => cell.valueOf(at + cell.least));
  const values = emitter.environment.add(byBit);
  const order = emitter.environment.add(canonicalOrder(schema.element, byBit, bitOfCode(cell.least)));
  const view = emitter.define(
    "MaskSet",
    `constructor(o, q){ this.o = o; }
get size(){ let c = 0; for (let i = 0; i < ${words}; i++) c += bits(rd(this.o+i)); return c; }
$list(){ const l = [], w = []; for (let i = 0; i < ${words}; i++) w.push(rd(this.o+i)); for (const b of ${order}) if ((w[b>>>5] >>> (b&31)) & 1) l.push(${values}[b]); return l; }
has(e){ const b = ${bit("e")}; return rdb(this.o+(b>>>5), b&31) === 1; }
add(e){ const b = ${bit("e")}; wrb(this.o+(b>>>5), b&31, 1); }
remove(e){ const b = ${bit("e")}; wrb(this.o+(b>>>5), b&31, 0); }
clear(){ for (let i = 0; i < ${words}; i++) wr(this.o+i, 0); }
ofKind(k){ return this.$list().filter((e) => e.kind === k); }
${lists}
${sets}`,
  );
  return { kind: "mask", cells: words, bags: 0, view, element: cell, size };
}

/** The bits in the canonical order of the elements they stand for. */
function canonicalOrder(schema: Schema, values: readonly unknown[], first: number): readonly number[] {
  const codec = codecOf(schema, "element");
  const writer = new Writer();
  const keys = values.map((value) => {
    codec.write(value, writer.start(), null);
    return writer.take();
  });
  return values.map((_, bit) => first + bit).sort((a, b) => ((keys[a] ?? "") < (keys[b] ?? "") ? -1 : 1));
}

/**
 * Numbers of flyweights and their copies. While domains are being found (`search.on`), a collection that is enumerated
 * gives a mark for all its elements, so that the search can run through them itself.
 */
export function bagShape(
  emitter: Emitter,
  element: Schema,
  path: string,
  copies: number,
  kind: "set" | "bag",
): BagShape {
  const { name, table } = emitter.environment.flyweights(element, `${path}[]`);
  const p = JSON.stringify(path);
  const list = `$list(){ if (search.on) return search.marks(this.q, null); const v = ${name}.values; return ${name}.inOrder(numbers(this.q)).map((n) => v[n]); }
ofKind(k){ return search.on ? search.marks(this.q, k) : this.$list().filter((e) => e.kind === k); }
has(e){ return count(this.q, ${name}.numberOf(e)) > 0; }
clear(){ clear(this.q); }`;
  const view =
    kind === "set"
      ? emitter.define(
          "FlyweightSet",
          `constructor(o, q){ this.q = q; }
get size(){ return size(this.q); }
add(e){ const n = ${name}.numberOf(e); if (count(this.q, n) === 0) change(this.q, n, 1); }
remove(e){ const n = ${name}.numberOf(e); if (count(this.q, n) !== 0) change(this.q, n, 0); }
${lists}
${sets}
${list}`,
        )
      : emitter.define(
          "Bag",
          `constructor(o, q){ this.q = q; }
get size(){ return size(this.q); }
copies(e){ return count(this.q, ${name}.numberOf(e)); }
add(e){ const n = ${name}.numberOf(e), c = count(this.q, n); if (c >= ${copies}) overflow(${p}, "a bag with " + (c+1) + " copies of one element", "at most ${copies} of each"); change(this.q, n, c+1); }
remove(e){ const n = ${name}.numberOf(e), c = count(this.q, n); if (c === 0) fail("remove: the bag has no such element"); change(this.q, n, c-1); }
$detach(){ fail("a bag is no value of a parameter"); }
[structure](){ return "bag{" + this.$list().map((e) => structuralKey(e) + "*" + this.copies(e)).sort().join(",") + "}"; }
$assign(x){ const l = [...x], c = l.map((e) => x.copies(e)); this.clear(); l.forEach((e, i) => { for (let j = 0; j < c[i]; j++) this.add(e); }); }
${lists}
${list}`,
        );
  return { kind: "bag", cells: 0, bags: 1, view, table, copies, path };
}
