/** The door of checkpoints: searches in files, so that another process can go on with them. */
export { type Failure, fileName, hasCheckpoint } from "./file.ts";
export { FolderKeeper } from "./folder-keeper.ts";
export { type Identity, identityOf } from "./identity.ts";
export { type Opened, type Refusal, readCheckpoint } from "./reading.ts";
