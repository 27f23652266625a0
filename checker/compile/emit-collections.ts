/** The view classes of sequences, sets and bags. */
import type { BagSchema, SequenceSchema, SetSchema } from "../../spec/lang/index.ts";
import { type Cell, cellOf } from "./cells.ts";
import type { Emitter, Place } from "./emit-places.ts";

const sequenceStructure = "[structure](){ return '[' + this.$keys().join(',') + ']'; }";

/** Methods that all collections derive from the list of their elements. */
const lists = `
every(f){ const l = this.$list(); for (let i = 0; i < l.length; i++) if (!f(l[i], i+1)) return false; return true; }
some(f){ const l = this.$list(); for (let i = 0; i < l.length; i++) if (f(l[i], i+1)) return true; return false; }
[Symbol.iterator](){ return this.$list()[Symbol.iterator](); }
$keys(){ return this.$list().map(structuralKey); }
ofKind(k){ return this.$list().filter((e) => e.kind === k); }`;

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
$assign(x){ this.assign(x); }`;

/** A length word and `max` element words, zero beyond the length. */
export function sequenceClass(emitter: Emitter, schema: SequenceSchema, path: string): Place {
  const cell = cellOf(schema.element, `${path}[]`, emitter.environment);
  const { max } = schema;
  const p = JSON.stringify(path);
  const shape = emitter.environment.shape(schema.element);
  const slice = sliceClass(emitter, cell, shape);
  const view = emitter.define(
    "Sequence",
    `constructor(o){ this.o = o; }
get length(){ return W[this.o]; }
get(i){ if (!(i >= 1 && i <= W[this.o] && (i|0) === i)) noIndex(i, W[this.o]); return ${cell.decode("W[this.o+i]")}; }
get first(){ return this.get(1); }
get last(){ return this.get(W[this.o]); }
$list(){ const n = W[this.o], l = new Array(n); for (let i = 1; i <= n; i++) l[i-1] = ${cell.decode("W[this.o+i]")}; return l; }
sub(a, b){ if (b >= a && (a < 1 || b > W[this.o])) noSub(a, b, W[this.o]); const w = []; for (let i = a; i <= b; i++) w.push(W[this.o+i]); return new ${slice}(w); }
has(e){ const w = ${cell.encode("e")}; const n = W[this.o]; for (let i = 1; i <= n; i++) if (W[this.o+i] === w) return true; return false; }
${sequenceStructure}
equals(x){ return W[this.o] === x.length && this.isPrefixOf(x); }
isPrefixOf(x){ const n = W[this.o]; if (n > x.length) return false;
  for (let i = 1; i <= n; i++) { if (W[this.o+i] !== this.$wordOf(x, i)) return false; } return true; }
$word(i){ return W[this.o+i]; }
get $shape(){ return ${shape}; }
$wordOf(x, i){ if (x.$shape === ${shape}) return x.$word(i); const e = x.get(i); return ${cell.encode("e")}; }
push(e){ const n = W[this.o]; if (n >= ${max}) overflow(${p}, "a sequence of " + (n+1) + " elements", "at most ${max} elements"); W[this.o+n+1] = ${cell.encode("e")}; W[this.o] = n+1; }
set(i, e){ this.get(i); W[this.o+i] = ${cell.encode("e")}; }
truncate(n){ const m = W[this.o]; if (!(n >= 0 && n <= m)) noTruncate(n, m); for (let i = n+1; i <= m; i++) W[this.o+i] = 0; W[this.o] = n; }
shift(){ const e = this.first, n = W[this.o]; for (let i = 1; i < n; i++) W[this.o+i] = W[this.o+i+1]; W[this.o+n] = 0; W[this.o] = n-1; return e; }
assign(x){ const l = [...x]; this.clear(); for (const e of l) this.push(e); }
clear(){ this.truncate(0); }
$assign(x){ this.assign(x); }
${lists}`,
  );
  const i = emitter.fresh();
  return {
    size: max + 1,
    view,
    cell: null,
    initialise: (at) => zero(emitter, at, max + 1),
    check: () => "",
    rename: (from, to) =>
      `R[${to}] = W[${from}]; for (let ${i} = 1; ${i} <= ${max}; ${i}++) R[${to}+${i}] = ${i} > W[${from}] ? 0 : ${cell.rename(`W[${from}+${i}]`)};`,
  };
}

/** Some elements of a sequence, as they were when it was asked: what `sub` returns. */
function sliceClass(emitter: Emitter, cell: Cell, shape: string): string {
  return emitter.define(
    "Slice",
    `constructor(w){ this.w = w; }
get length(){ return this.w.length; }
get(i){ if (!(i >= 1 && i <= this.w.length && (i|0) === i)) noIndex(i, this.w.length); return ${cell.decode("this.w[i-1]")}; }
get first(){ return this.get(1); }
get last(){ return this.get(this.w.length); }
$word(i){ return this.w[i-1]; }
get $shape(){ return ${shape}; }
$wordOf(x, i){ if (x.$shape === ${shape}) return x.$word(i); const e = x.get(i); return ${cell.encode("e")}; }
$list(){ return this.w.map((w) => ${cell.decode("w")}); }
sub(a, b){ if (b >= a && (a < 1 || b > this.w.length)) noSub(a, b, this.w.length); return new this.constructor(this.w.slice(Math.max(0, a-1), Math.max(0, b))); }
has(e){ return this.w.includes(${cell.encode("e")}); }
equals(x){ return this.w.length === x.length && this.isPrefixOf(x); }
${sequenceStructure}
isPrefixOf(x){ const n = this.w.length; if (n > x.length) return false; for (let i = 1; i <= n; i++) if (this.w[i-1] !== this.$wordOf(x, i)) return false; return true; }
${lists}`,
  );
}

/** One bit for each element of a small domain. */
export function maskSetClass(emitter: Emitter, schema: SetSchema, path: string, domain: readonly unknown[]): Place {
  const cell = cellOf(schema.element, `${path}[]`, emitter.environment);
  const words = Math.ceil(domain.length / 32);
  const list = emitter.environment.add(domain);
  const firstWord = typeof domain[0] === "number" ? domain[0] : 0;
  const bit = (e: string) => `(${cell.encode(e)})-${firstWord}`;
  const view = emitter.define(
    "MaskSet",
    `constructor(o){ this.o = o; }
get size(){ let c = 0; for (let i = 0; i < ${words}; i++) c += bits(W[this.o+i]); return c; }
$list(){ const l = []; for (let b = 0; b < ${domain.length}; b++) if ((W[this.o+(b>>>5)] >>> (b&31)) & 1) l.push(${list}[b]); return l; }
has(e){ const b = ${bit("e")}; return ((W[this.o+(b>>>5)] >>> (b&31)) & 1) === 1; }
add(e){ const b = ${bit("e")}; W[this.o+(b>>>5)] |= 1 << (b&31); }
remove(e){ const b = ${bit("e")}; W[this.o+(b>>>5)] &= ~(1 << (b&31)); }
clear(){ for (let i = 0; i < ${words}; i++) W[this.o+i] = 0; }
${lists}
${sets}`,
  );
  const b = emitter.fresh();
  const j = emitter.fresh();
  return {
    size: words,
    view,
    cell: null,
    initialise: (at) => zero(emitter, at, words),
    check: () => "",
    rename: (from, to) =>
      `${Array.from({ length: words }, (_, i) => `R[${to}+${i}] = 0;`).join(" ")} for (let ${b} = 0; ${b} < ${domain.length}; ${b}++) if ((W[${from}+(${b}>>>5)] >>> (${b}&31)) & 1) { const ${j} = (${cell.rename(`(${b}+${firstWord})`)})-${firstWord}; R[${to}+(${j}>>>5)] |= 1 << (${j}&31); }`,
  };
}

/** A count word and slots for flyweights in the order of their keys, zero beyond the count. */
export function sortedSetClass(emitter: Emitter, schema: SetSchema, path: string): Place {
  const table = emitter.environment.flyweights(schema.element, `${path}[]`);
  const { capacity } = emitter;
  const view = emitter.define(
    "SortedSet",
    `constructor(o){ this.o = o; }
get size(){ return W[this.o]; }
$list(){ const n = W[this.o], l = new Array(n); for (let i = 1; i <= n; i++) l[i-1] = ${table}.values[W[this.o+i]]; return l; }
$find(w){ const n = W[this.o]; for (let i = 1; i <= n; i++) if (W[this.o+i] === w) return i; return 0; }
has(e){ return this.$find(${table}.numberOf(e)) !== 0; }
add(e){ const w = ${table}.numberOf(e); if (this.$find(w)) return; const n = W[this.o]; if (n >= ${capacity}) full(); const k = ${table}.keys; let i = n;
  while (i > 0 && k[W[this.o+i]] > k[w]) { W[this.o+i+1] = W[this.o+i]; i--; } W[this.o+i+1] = w; W[this.o] = n+1; }
remove(e){ const i0 = this.$find(${table}.numberOf(e)); if (!i0) return; const n = W[this.o]; for (let i = i0; i < n; i++) W[this.o+i] = W[this.o+i+1]; W[this.o+n] = 0; W[this.o] = n-1; }
clear(){ const n = W[this.o]; for (let i = 0; i <= n; i++) W[this.o+i] = 0; }
${lists}
${sets}`,
  );
  return {
    size: capacity + 1,
    view,
    cell: null,
    initialise: (at) => zero(emitter, at, capacity + 1),
    check: () => "",
    rename: (from, to) => `renameSorted(W, ${from}, R, ${to}, ${capacity}, 1, ${table}, p);`,
  };
}

/** A count word and slots of flyweight and copies, in the order of the flyweights' keys. */
export function bagClass(emitter: Emitter, schema: BagSchema, path: string): Place {
  const table = emitter.environment.flyweights(schema.element, `${path}[]`);
  const { capacity } = emitter;
  const p = JSON.stringify(path);
  const view = emitter.define(
    "Bag",
    `constructor(o){ this.o = o; }
get size(){ let c = 0; const n = W[this.o]; for (let i = 0; i < n; i++) c += W[this.o+2+2*i]; return c; }
$list(){ const n = W[this.o], l = new Array(n); for (let i = 0; i < n; i++) l[i] = ${table}.values[W[this.o+1+2*i]]; return l; }
$find(w){ const n = W[this.o]; for (let i = 0; i < n; i++) if (W[this.o+1+2*i] === w) return this.o+1+2*i; return -1; }
copies(e){ const a = this.$find(${table}.numberOf(e)); return a < 0 ? 0 : W[a+1]; }
has(e){ return this.$find(${table}.numberOf(e)) >= 0; }
add(e){ const w = ${table}.numberOf(e); const a = this.$find(w);
  if (a >= 0) { if (W[a+1] >= ${schema.copies}) overflow(${p}, "a bag with " + (W[a+1]+1) + " copies of one element", "at most ${schema.copies} of each"); W[a+1]++; return; }
  const n = W[this.o]; if (n >= ${capacity}) full(); const k = ${table}.keys; let b = this.o+1+2*n;
  while (b > this.o+1 && k[W[b-2]] > k[w]) { W[b] = W[b-2]; W[b+1] = W[b-1]; b -= 2; } W[b] = w; W[b+1] = 1; W[this.o] = n+1; }
remove(e){ const a = this.$find(${table}.numberOf(e)); if (a < 0) fail("remove: the bag has no such element"); if (W[a+1] > 1) { W[a+1]--; return; }
  const end = this.o+1+2*W[this.o]; for (let b = a; b < end-2; b++) W[b] = W[b+2]; W[end-2] = 0; W[end-1] = 0; W[this.o]--; }
clear(){ const n = W[this.o]; for (let i = 0; i <= 2*n; i++) W[this.o+i] = 0; }
[structure](){ return "bag{" + this.$list().map((e) => structuralKey(e) + "*" + this.copies(e)).sort().join(",") + "}"; }
$assign(x){ const l = [...x], c = l.map((e) => x.copies(e)); this.clear(); l.forEach((e, i) => { for (let j = 0; j < c[i]; j++) this.add(e); }); }
${lists}`,
  );
  return {
    size: 1 + 2 * capacity,
    view,
    cell: null,
    initialise: (at) => zero(emitter, at, 1 + 2 * capacity),
    check: () => "",
    rename: (from, to) => `renameSorted(W, ${from}, R, ${to}, ${capacity}, 2, ${table}, p);`,
  };
}

function zero(emitter: Emitter, at: string, words: number): string {
  const i = emitter.fresh();
  return `for (let ${i} = 0; ${i} < ${words}; ${i}++) W[${at}+${i}] = 0;`;
}
