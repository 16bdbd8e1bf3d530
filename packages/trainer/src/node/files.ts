import { randomUUID } from 'node:crypto'
import { mkdir, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { replaceFile } from '@gankit/core/node'
import { fileError } from './file-error.ts'

/**
 * Writes a file aside, syncs it and renames it into place: others see the old file or the whole new one.
 * @throws GankitError when it can't be written; then everything is as before
 */
export async function writeAside(path: string, data: Uint8Array | string): Promise<void> {
  // A name for this writing alone: another one in the same folder, at the same time, has its own.
  const aside = join(dirname(path), `.${randomUUID()}.part`)
  try {
    await inFolder(dirname(path), () => replaceFile(path, data, aside))
  } catch (error) {
    throw fileError('write', path, error)
  }
}

/** Makes a folder and those above it, then works there. If either fails, the folders made go again, if empty. */
export async function inFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const missing: string[] = []
  for (let path = resolve(folder); !(await isThere(path)) && path !== dirname(path); path = dirname(path))
    missing.unshift(path)
  const made: string[] = []
  try {
    // One by one: Node's own way, `recursive`, says ENOENT when the disk is full.
    for (const path of missing) if (await makeFolder(path)) made.unshift(path)
    await work()
  } catch (error) {
    for (const path of made) await rmdir(path).catch(() => {})
    throw error
  }
}

/** @returns false when somebody else was faster */
async function makeFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  }
}

/** Whether a path leads to something, be it that one may not look at it. */
export async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
