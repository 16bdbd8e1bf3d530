import { join } from 'node:path'
import { fileError, lock } from '@gankit/core/node'

/**
 * Takes the one right to write to a run: `run.lock` in its folder says which process has it, on which machine, and when
 * that process began. That of a process which is gone is taken over at once.
 * @param run the folder of the run, which must be there
 * @returns what gives the right back
 * @throws GankitError when another process has it, or it can't be written
 */
export async function lockRun(run: string): Promise<() => Promise<void>> {
  const path = join(run, 'run.lock')
  try {
    return await lock(path, {
      package: 'trainer',
      what: `run ${run} is being trained`,
      wayOut: 'wait until it is done, or start another run',
    })
  } catch (error) {
    throw fileError('lock', path, error)
  }
}
