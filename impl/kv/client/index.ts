export type {
  ChangeAnswer,
  DeleteAnswer,
  GetAnswer,
  KeyValue,
  RangeAnswer,
  SwapAnswer,
  WatchedChange,
} from "./answers.ts";
export type { ClientOptions } from "./caller.ts";
export { defaultClientOptions } from "./caller.ts";
export type { Changes } from "./client.ts";
export { Client } from "./client.ts";
export type { Called, Failure } from "./failure.ts";
export { WatchError } from "./failure.ts";
export type { Consistency } from "./requests.ts";
export type { Session } from "./session.ts";
export type { WatchScope } from "./watch.ts";
