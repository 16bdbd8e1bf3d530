import type { Stats } from 'node:fs'
import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError, type Skipped } from '@gankit/core'
import { compareNames, isSystemFile } from '../../images/skipped-files.ts'
import type { Listing, PictureFile } from './picture-file.ts'
import { findModifiedTime } from './picture-file.ts'

/**
 * Lists a folder and all folders below it. Links are followed, each folder is entered once, hidden files are left out.
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
    const entries = (await readdir(path, { withFileTypes: true })).filter(({ name }) => !isSystemFile(name))
    // In order and with links last, so that a folder with two names is listed under the same one each time.
    const folders = entries.filter(entry => entry.isDirectory()).sort(compareNames)
    const others = entries.filter(entry => !entry.isDirectory()).sort(compareNames)
    const inside = (name: string) => (below ? `${below}/${name}` : name)
    for (const { name } of folders) await skipOnError(inside(name), walk)
    // Many stats at once, since each one waits on a network drive.
    for (let from = 0; from < others.length; from += 256) {
      const linked = await Promise.all(
        others.slice(from, from + 256).map(({ name }) => skipOnError(inside(name), visit)),
      )
      for (const name of linked) if (name !== undefined) await skipOnError(name, walk)
    }
  }

  /** Lists a file. @returns the name where it is a link to a folder */
  async function visit(name: string): Promise<string | undefined> {
    const stats = await stat(join(folder, name))
    if (stats.isDirectory()) return name
    if (stats.isFile()) files.push(createPictureFile(folder, name, stats))
    return undefined
  }

  async function skipOnError<Result>(name: string, look: (name: string) => Promise<Result>) {
    try {
      return await look(name)
    } catch (error) {
      skipped.push({ name, why: `can't be read (${(error as NodeJS.ErrnoException).code})` })
      return undefined
    }
  }

  await walk('').catch((cause: NodeJS.ErrnoException) => {
    throw new GankitError('datasets', 'file', `folder ${folder} ${explainFailure(cause)}`, { cause })
  })
  return { files: files.sort(compareNames), skipped: skipped.sort(compareNames) }
}

function createPictureFile(folder: string, name: string, stats: Stats): PictureFile {
  const { size } = stats
  const path = join(folder, name)
  return {
    name,
    size,
    modified: findModifiedTime(stats),
    path,
    async read() {
      const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
        throw new Error(error.code === 'ENOENT' ? 'is gone' : `can't be read (${error.code})`)
      })
      const current = await stat(path).catch(() => undefined)
      if (bytes.length !== size || !current || findModifiedTime(current) !== findModifiedTime(stats))
        throw new Error('has changed while it was read')
      return bytes
    },
  }
}

function explainFailure({ code, message }: NodeJS.ErrnoException): string {
  if (code === 'ENOENT') return 'does not exist, expected a folder of pictures: is the path right?'
  if (code === 'ENOTDIR') return 'is not a folder, expected a folder or a zip of pictures'
  if (code === 'EACCES' || code === 'EPERM')
    return `can't be listed (${code}), expected read permission: change it`
  return `can't be listed (${code ?? message})`
}
