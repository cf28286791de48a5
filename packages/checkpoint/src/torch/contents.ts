import type { Storage, TorchValue } from './values.ts';

/** A torch file, whatever its container: the object that was saved, and where the storages that it refers to begin. */
export interface TorchContents {
  readonly value: TorchValue;
  /** In the file, in bytes. @throws CheckpointError where there is no such storage, or it is smaller than it should be. */
  offsetOf(storage: Storage): number;
}
