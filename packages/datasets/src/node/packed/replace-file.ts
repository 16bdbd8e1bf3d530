import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Writes a file aside, syncs it, and gives it its name: whoever reads it finds all of it or none. */
export async function replaceFile(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.part`
  const file = await open(aside, 'w')
  try {
    await file.writeFile(content)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(aside, path)
  await syncFolder(dirname(path))
}

/** Makes new names in a folder last. Where a folder can't be synced (Windows), the names last anyhow. */
export async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => undefined)
  await handle?.sync().catch(() => undefined)
  await handle?.close()
}
