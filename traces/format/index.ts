/** The form of trace files. */
export { type Decoded, decodeTrace, type TraceFault } from "./decode.ts";
export { encodeTrace } from "./encode.ts";
export { type Position, positionOfPath } from "./json-text.ts";
export {
  formatVersion,
  type Json,
  type SourcePlace,
  type Trace,
  type TracedProperty,
  type TracedState,
  type TraceOrigin,
} from "./trace.ts";
