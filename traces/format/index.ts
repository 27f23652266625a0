/** The form of trace files. */
export { decodeTrace } from "./decode.ts";
export { encodeTrace } from "./encode.ts";
export { positionOfPath } from "./json-text.ts";
export type { Json, SourcePlace, Trace, TracedProperty, TracedState } from "./trace.ts";
