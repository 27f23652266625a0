/** The door of refinement: whether the behaviours of one model are behaviours of another. */
export { type ConcreteStep, checkRefinement, type Refinement, type RefinementResult } from "./refinement.ts";
