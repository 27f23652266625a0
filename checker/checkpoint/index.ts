/** The door of checkpoints: searches in files, so that another process can go on with them. */
export { type Failure, hasCheckpoint } from "./file.ts";
export { FolderKeeper } from "./folder-keeper.ts";
export { identityOf } from "./identity.ts";
export { type Refusal, readCheckpoint } from "./reading.ts";
