import { randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, rmdir, stat } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { fileError } from './file-error.ts'

/**
 * Writes a file aside, syncs it, and gives it its name: whoever reads it finds the old one or all of the new one.
 * @param aside where it is written first, in the same folder: a name of its own where several may write at once
 * @throws what the file system says; then the old file is there, and nothing aside
 */
export async function replaceFile(
  path: string,
  content: string | Uint8Array,
  aside: string = `${path}.part`,
): Promise<void> {
  try {
    await writeSynced(aside, content)
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => undefined)
    throw error
  }
  await syncFolder(dirname(path))
}

/** Writes a file in its place, and returns once its bytes are on the disk. @throws what the file system says */
export async function writeSynced(path: string, content: string | Uint8Array): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes new names in a folder last through a power cut. Where a folder can't be synced (Windows), they last anyhow. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}

/**
 * Writes a file aside, syncs it and renames it into place: others see the old file or the whole new one.
 * @throws GankitError when it can't be written; then everything is as before
 */
export async function writeFileAtomic(path: string, data: Uint8Array | string): Promise<void> {
  // A name for this writing alone: another one in the same folder, at the same time, has its own.
  const aside = join(dirname(path), `.${randomUUID()}.part`)
  try {
    await withCreatedFolder(dirname(path), () => replaceFile(path, data, aside))
  } catch (error) {
    throw fileError('write', path, error)
  }
}

/** Makes a folder and those above it, then works there. If either fails, the folders made go again, if empty. */
export async function withCreatedFolder(folder: string, work: () => Promise<void>): Promise<void> {
  const missing: string[] = []
  for (let path = resolve(folder); !(await pathExists(path)) && path !== dirname(path); path = dirname(path))
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
export async function pathExists(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}
