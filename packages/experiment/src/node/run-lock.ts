import { fileError, type LockOwner, lock, readLock } from '@gankit/core/node'
import { checkNoLinks, runFiles } from './layout.ts'

/** Which process trains a run. */
export type RunLock = LockOwner

/**
 * Takes the right to write to a run, which one process at a time has: `run.lock` in its folder says which process has it,
 * on which machine, and when that process began. The lock of a process that is gone is taken over at once.
 * @param run the folder of the run, which must exist
 * @returns a function that gives the right back
 * @throws GankitError when another process has the right, the lock can't be written, or the run has links in it
 */
export async function lockRun(run: string): Promise<() => Promise<void>> {
  const path = runFiles(run).lock
  await checkNoLinks(run)
  try {
    return await lock(path, {
      package: 'experiment',
      what: `run ${run} is being trained`,
      wayOut: 'wait until it is done, or start another run',
    })
  } catch (error) {
    throw fileError('lock', path, error)
  }
}

/** The process that trains a run at the moment; undefined where none does, also when a killed one left its lock behind. */
export function readRunLock(run: string): Promise<RunLock | undefined> {
  return readLock(runFiles(run).lock)
}
