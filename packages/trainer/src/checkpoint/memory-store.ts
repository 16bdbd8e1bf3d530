import { GankitError } from '@gankit/core'
import type { CheckpointFiles } from './manifest.ts'
import type { CheckpointStore } from './store.ts'

/** Keeps checkpoints in memory, for as long as it is held itself. */
export function memoryStore(): CheckpointStore {
  const kept = new Map<number, CheckpointFiles>()
  const copyOf = (files: CheckpointFiles) => new Map([...files].map(([name, bytes]) => [name, bytes.slice()]))
  return {
    list: async () => [...kept.keys()].sort((a, b) => a - b),
    async write(step, files) {
      kept.set(step, copyOf(files))
    },
    async read(step) {
      const files = kept.get(step)
      if (!files) throw new GankitError('trainer', 'data', `there is no checkpoint of step ${step} in memory`)
      return copyOf(files)
    },
    async remove(step) {
      kept.delete(step)
    },
  }
}
