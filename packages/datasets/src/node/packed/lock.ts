import { open, readFile, rm } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { GankitError } from '@gankit/core'

/**
 * Takes a lock that one process at a time can have: a file with its number. That of a process which is gone is taken
 * over.
 * @param what is done under the lock, for messages
 * @returns what gives the lock back
 * @throws GankitError when another process has it
 */
export async function lock(path: string, what: string): Promise<() => Promise<void>> {
  for (;;) {
    const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error
    })
    if (file) {
      await file.writeFile(String(process.pid))
      await file.close()
      return () => rm(path, { force: true })
    }
    const owner = await ownerOf(path)
    if (owner > 0 && isRunning(owner))
      throw new GankitError(
        'datasets',
        'state',
        `${what} at this moment by process ${owner}: wait until it is done, or set GANKIT_CACHE to another folder (if there is no such process, delete ${path})`,
      )
    await rm(path, { force: true })
  }
}

/** The number in a lock; one that has just been made may still be empty. */
async function ownerOf(path: string): Promise<number> {
  for (let tries = 0; ; tries++) {
    const owner = Number(await readFile(path, 'utf8').catch(() => ''))
    if (owner > 0 || tries === 3) return owner
    await setTimeout(100)
  }
}

function isRunning(id: number): boolean {
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
