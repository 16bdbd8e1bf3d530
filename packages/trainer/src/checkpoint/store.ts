import type { CheckpointFiles } from './manifest.ts'

/** Where checkpoints are kept, each under its step. One writer at a time. */
export interface CheckpointStore {
  /** The steps that there is a checkpoint of, the earliest first. */
  list(): Promise<number[]>
  /**
   * Keeps a checkpoint, instead of one of the same step: all of it, or nothing and the earlier one stays.
   * @throws GankitError when it can't be written
   */
  write(step: number, files: CheckpointFiles): Promise<void>
  /** The files of a checkpoint that are there. @throws GankitError when there is none of this step, or it can't be read */
  read(step: number): Promise<Map<string, Uint8Array>>
  /** Removes a checkpoint, where there is one. @throws GankitError when it can't be removed */
  remove(step: number): Promise<void>
  /** What a checkpoint is called in messages, such as its folder. Default: 'checkpoint 500'. */
  where?(step: number): string
}

/** What a checkpoint of a store is called in messages. */
export function whereIn(store: CheckpointStore, step: number): string {
  return store.where?.(step) ?? `checkpoint ${step}`
}
