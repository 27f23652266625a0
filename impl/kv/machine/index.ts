export type { Command, Expected } from "./command.ts";
export { decodeCommand, encodeCommand } from "./command.ts";
export type { KeyChange, KvListener, Page } from "./machine.ts";
export { KvMachine } from "./machine.ts";
export type { ChangeResult, KvResult } from "./result.ts";
export type { Item } from "./store.ts";
export type { Value } from "./value.ts";
export { bytesOf, sizeOf, textOrBytes } from "./value.ts";
