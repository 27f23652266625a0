export { type Storage, StorageError } from "./interface.ts";
export { openStorage } from "./open-storage.ts";
