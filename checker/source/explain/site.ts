/** A place of a spec's source whose evaluations are recorded. */
import type { Shape } from "./shape.ts";

interface Place {
  /** The source, on one line. */
  readonly text: string;
  /** From the root of the package for our own specs, absolute for a user's. */
  readonly file: string;
  /** Both from one. */
  readonly line: number;
  readonly column: number;
}

/** Of a value at a site; computed when it is first printed. */
export type LazyShape = () => Shape;

/** A name that a function or a loop binds. */
export interface Binding {
  readonly name: string;
  readonly shape: LazyShape;
}

/** A condition that decided whether a statement was reached: an `if`, or the subject of a `switch`. */
export interface Decision {
  readonly site: number;
  /** Null for a switch. */
  readonly branch: boolean | null;
}

/** Methods that compare what they are called on with their argument. */
export type TestMethod = "has" | "includes" | "equals" | "isSubsetOf" | "isPrefixOf" | "copies";

export type Operator = "===" | "!==" | "==" | "!=" | "<" | "<=" | ">" | ">=" | "in" | "instanceof";

export type Site = Place &
  (
    | { readonly kind: "and" | "or" | "not" | "choice" | "condition" }
    | { readonly kind: "comparison"; readonly operator: Operator }
    /** A name, a field, a constant: anything that is not taken apart. `names` is the site that defines the name. */
    | { readonly kind: "atom"; readonly shape: LazyShape; readonly names: number | null }
    | { readonly kind: "literal"; readonly shape: LazyShape }
    | { readonly kind: "call"; readonly shape: LazyShape; readonly isOfSpec: boolean }
    /** A call such as `.has(x)`: its receiver and its arguments are recorded, in this order. */
    | { readonly kind: "test"; readonly shape: LazyShape; readonly method: TestMethod }
    /** A call of `every`, `some` or `count` with a callback. */
    | { readonly kind: "quantifier"; readonly method: "every" | "some" | "count"; readonly over: string }
    /** One call of a quantifier's callback: its element and the key or position of it. */
    | {
        readonly kind: "candidate";
        readonly element: Binding;
        readonly key: Binding;
        /** True where the callback itself names its key. */
        readonly namesKey: boolean;
        readonly isMap: boolean;
      }
    /** A call of a function of the spec. */
    | { readonly kind: "frame"; readonly bindings: readonly Binding[] }
    | { readonly kind: "definition" }
    | {
        readonly kind: "return";
        /** The conditions around the statement, outermost first. */
        readonly within: readonly Decision[];
        /** The conditions that would have left the function earlier. */
        readonly past: readonly Decision[];
      }
    | { readonly kind: "iteration"; readonly bindings: readonly Binding[] }
  );
