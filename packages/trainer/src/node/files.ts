import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { GankitError, isGankitError } from '@gankit/core'

const reasons: Readonly<Record<string, string>> = {
  ENOSPC: 'no space left on the disk: make room, or choose another folder',
  EDQUOT: 'the disk quota is used up: make room, or choose another folder',
  EACCES: 'permission denied: choose a folder that you may write to',
  EPERM: 'not permitted: choose a folder that you may write to',
  EROFS: 'the file system is read-only: choose another folder',
  ENOTDIR: 'a part of the path is a file, expected folders',
  ENOENT: 'there is no such file or folder',
  EISDIR: 'it is a folder, expected a file',
  EEXIST: 'it exists already',
  ENAMETOOLONG: 'the name is too long',
}

/** What went wrong with a file, in words that say what to do. */
export function fileError(action: string, path: string, error: unknown): GankitError {
  if (isGankitError(error)) return error
  const { code, message } = error as NodeJS.ErrnoException
  return new GankitError(
    'trainer',
    'file',
    `could not ${action} ${path}: ${reasons[code ?? ''] ?? message}`,
    {
      cause: error,
    },
  )
}

/** Writes a file aside, syncs it and renames it into place: others see the old file or the whole new one. */
export async function writeAside(path: string, data: Uint8Array | string): Promise<void> {
  const aside = join(dirname(path), `.${process.pid}.part`)
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeSynced(aside, data)
    await rename(aside, path)
  } catch (error) {
    await rm(aside, { force: true }).catch(() => {})
    throw fileError('write', path, error)
  }
}

/** Writes a folder of files aside and renames it into place, instead of one that may be there. */
export async function writeFolderAside(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const aside = `${folder}.part`
  const old = `${folder}.old`
  try {
    await rm(aside, { recursive: true, force: true })
    await mkdir(aside, { recursive: true })
    for (const [name, data] of Object.entries(files)) await writeSynced(join(aside, name), data)
    await rm(old, { recursive: true, force: true })
    await rename(folder, old).catch(absent)
    await rename(aside, folder)
    await rm(old, { recursive: true, force: true })
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => {})
    throw fileError('write', folder, error)
  }
}

async function writeSynced(path: string, data: Uint8Array | string): Promise<void> {
  const file = await open(path, 'w')
  try {
    await file.writeFile(data)
    await file.sync()
  } finally {
    await file.close()
  }
}

function absent(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error
}
