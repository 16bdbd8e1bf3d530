import { open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'

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
