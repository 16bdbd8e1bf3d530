import { mkdir, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { GankitError } from '../errors.ts'
import { fileError } from './file-error.ts'
import { pathExists, syncFolder, withCreatedFolder, writeSynced } from './write-file.ts'

/**
 * Writes a folder of files aside and renames it into place, instead of an earlier one with the same files. A process
 * killed between the two renames leaves the earlier one under another name; `findWholeFolder` finds it.
 * One writer at a time.
 * @throws GankitError when it can't be written or other files are there; then everything is as before
 */
export async function writeFolderAtomic(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const { path, aside, old } = placesOf(folder)
  try {
    await withCreatedFolder(dirname(path), async () => {
      await bringBack(folder)
      await expectOnly(path, Object.keys(files), 'choose another one')
      try {
        await rm(aside, { recursive: true, force: true })
        await mkdir(aside)
        for (const [name, data] of Object.entries(files)) await writeSynced(join(aside, name), data)
        await syncFolder(aside)
        await rm(old, { recursive: true, force: true })
        await rename(path, old).catch(ifAbsent)
        await rename(aside, path)
      } catch (error) {
        await bringBack(folder).catch(() => {})
        await rm(aside, { recursive: true, force: true }).catch(() => {})
        throw error
      }
      await syncFolder(dirname(path))
      // The new folder stands; what is left of the old one goes with the next writing.
      await rm(old, { recursive: true, force: true }).catch(() => {})
    })
  } catch (error) {
    throw fileError('write', folder, error)
  }
}

/** Where a folder written by `writeFolderAtomic` is whole: in its place, or beside it after a kill between two renames. */
export async function findWholeFolder(folder: string): Promise<string> {
  const { path, old } = placesOf(folder)
  return !(await pathExists(path)) && (await pathExists(old)) ? old : folder
}

/**
 * Removes a folder written by `writeFolderAtomic`, where there is one: to others it is whole until it is gone.
 * @param names of the files that may be in it
 * @throws GankitError when it can't be removed or holds other files; the latter are then still there
 */
export async function removeFolder(folder: string, names: readonly string[]): Promise<void> {
  const { path, old, gone } = placesOf(folder)
  try {
    await bringBack(folder)
    await expectOnly(path, names, 'move it elsewhere')
    // Else it would come back when its successor goes.
    await rm(old, { recursive: true, force: true })
    await rm(gone, { recursive: true, force: true })
    await rename(path, gone).catch(ifAbsent)
    await rm(gone, { recursive: true, force: true })
  } catch (error) {
    throw fileError('remove', folder, error)
  }
}

/**
 * Removes what killed processes left beside folders that `writeFolderAtomic` writes below `parent`, and gives those that
 * were being replaced their names back. What can't be removed stays.
 * @param isOurs whether a folder of this name is one of these
 */
export async function cleanUpFolders(parent: string, isOurs: (name: string) => boolean): Promise<void> {
  for (const entry of await readdir(parent, { withFileTypes: true }).catch(() => [])) {
    const [, name, kind] = /^\.(.+)\.(part|old|gone)$/.exec(entry.name) ?? []
    if (!name || !isOurs(name) || !entry.isDirectory()) continue
    const left = join(parent, entry.name)
    if (kind === 'old' && !(await pathExists(join(parent, name))))
      await rename(left, join(parent, name)).catch(() => {})
    else await rm(left, { recursive: true, force: true }).catch(() => {})
  }
}

// Hidden, since 'model.old' may well be somebody's own folder.
function placesOf(folder: string): Record<'path' | 'aside' | 'old' | 'gone', string> {
  const path = resolve(folder)
  const beside = (kind: string) => join(dirname(path), `.${basename(path)}.${kind}`)
  return { path, aside: beside('part'), old: beside('old'), gone: beside('gone') }
}

async function bringBack(folder: string): Promise<void> {
  const { path, old } = placesOf(folder)
  if ((await findWholeFolder(folder)) === old) await rename(old, path)
}

/** Replacing or removing a folder deletes it: nothing but these files may be in there. */
async function expectOnly(folder: string, names: readonly string[], wayOut: string): Promise<void> {
  const there = (await readdir(folder).catch(ifAbsent)) ?? []
  const foreign = there.find(name => !names.includes(name))
  if (foreign !== undefined)
    throw new GankitError(
      'core',
      'file',
      `${folder} holds '${foreign}', expected a new folder or one with ${names.join(' and ')} alone: ${wayOut}`,
    )
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
