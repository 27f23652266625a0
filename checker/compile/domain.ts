/** How many values a schema has. */
export { cardinality } from "../../spec/lang/index.ts";
