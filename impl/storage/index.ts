/** The door of the storage: a server's disk, and its twin in memory. The format is in docs/internals-storage.md. */
export type { SyncReport } from "./folder-storage.ts";
export type { Identity } from "./identity.ts";
export { type Storage, StorageError, type StorageProblem } from "./interface.ts";
export { MemoryDisk, memoryStorage } from "./memory-storage.ts";
export { type OpenedStorage, openStorage, type StorageOptions } from "./open-storage.ts";
export type { Repaired } from "./recovery.ts";
