import type { Dirent, Stats } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError, type Skipped } from '@gankit/core'
import { byName, isNoise, type Listing, type PictureFile } from './picture-file.ts'

/**
 * Lists a folder and what is below it. Links are followed, each folder is entered once, hidden files are left out.
 * @throws GankitError when the folder itself can't be listed
 */
export async function listFolder(folder: string): Promise<Listing> {
  const files: PictureFile[] = []
  const skipped: Skipped[] = []
  const entered = new Set<string>()

  async function walk(below: string): Promise<void> {
    const path = join(folder, below)
    const real = await realpath(path)
    if (entered.has(real)) return
    entered.add(real)
    const entries = await readdir(path, { withFileTypes: true })
    // Many stats at once: on a network drive each one waits.
    for (let from = 0; from < entries.length; from += 256)
      await Promise.all(entries.slice(from, from + 256).map(entry => visit(entry, below)))
  }

  async function visit(entry: Dirent, below: string): Promise<void> {
    const name = below ? `${below}/${entry.name}` : entry.name
    if (isNoise(entry.name)) return
    try {
      const stats = entry.isDirectory() ? undefined : await stat(join(folder, name))
      if (!stats || stats.isDirectory()) await walk(name)
      else if (stats.isFile()) files.push(pictureFile(folder, name, stats))
    } catch (error) {
      skipped.push({ name, why: `can't be read (${(error as NodeJS.ErrnoException).code})` })
    }
  }

  await walk('').catch((cause: NodeJS.ErrnoException) => {
    throw new GankitError('datasets', 'file', `folder ${folder} ${whyNot(cause)}`, { cause })
  })
  return { files: files.sort(byName), skipped: skipped.sort(byName) }
}

function pictureFile(folder: string, name: string, { size, mtimeMs }: Stats): PictureFile {
  const path = join(folder, name)
  return {
    name,
    size,
    modified: mtimeMs,
    async read() {
      const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        throw new Error(error.code === 'ENOENT' ? 'is gone' : `can't be read (${error.code})`)
      })
      const now = await stat(path).catch(() => undefined)
      if (bytes.length !== size || now?.mtimeMs !== mtimeMs) throw new Error('has changed while it was read')
      return bytes
    },
  }
}

function whyNot({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'does not exist, expected a folder of pictures: is the path right?'
  if (code === 'ENOTDIR') return 'is not a folder, expected a folder or a zip of pictures'
  if (code === 'EACCES' || code === 'EPERM')
    return `can't be listed (${code}), expected read permission: change it`
  return `can't be listed (${code ?? message})`
}
