import { readFile, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '@gankit/core/node'

/** Who trains a run at the moment: its `run.lock`. */
export interface RunLock {
  readonly host: string
  readonly process: number
}

/** Who holds a lock touches it every half a minute. After this, ms, that of another machine is abandoned. */
const abandoned = 10 * 60_000

/**
 * Reads a run's lock. One that a killed process left behind counts for nothing. Whether a process of another machine
 * still lives can't be asked from here; that its lock was touched a short time ago says so.
 */
export async function readLock(run: string): Promise<RunLock | undefined> {
  const path = join(run, 'run.lock')
  let lock: Partial<RunLock> | null
  let touched: number
  try {
    lock = JSON.parse(await readFile(path, 'utf8'))
    touched = (await stat(path)).mtimeMs
  } catch {
    return undefined
  }
  const { host, process: id } = lock ?? {}
  if (typeof host !== 'string' || typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1)
    return undefined
  const held = host === hostname() ? isRunning(id) : Date.now() - touched < abandoned
  return held ? { host, process: id } : undefined
}
