import { randomUUID } from 'node:crypto'
import { mkdir, open, readdir, rename, rm, rmdir, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { fileError } from './file-error.ts'

/**
 * Writes a file aside, syncs it and renames it into place: others see the old file or the whole new one.
 * @throws GankitError when it can't be written; then everything is as before
 */
export async function writeAside(path: string, data: Uint8Array | string): Promise<void> {
  // A name for this writing alone: another one in the same folder, at the same time, has its own.
  const aside = join(dirname(path), `.${randomUUID()}.part`)
  try {
    await inFolder(dirname(path), async () => {
      try {
        await writeSynced(aside, data)
        await rename(aside, path)
      } catch (error) {
        await rm(aside, { force: true }).catch(() => {})
        throw error
      }
    })
  } catch (error) {
    throw fileError('write', path, error)
  }
}

/**
 * Writes a folder of files aside and renames it into place, instead of an earlier one with the same files. A process
 * killed between the two renames leaves the earlier one under another name; `wholeFolder` finds it.
 * One writer at a time.
 * @throws GankitError when it can't be written or other files are there; then everything is as before
 */
export async function writeFolderAside(
  folder: string,
  files: Readonly<Record<string, Uint8Array | string>>,
): Promise<void> {
  const { path, aside, old } = placesOf(folder)
  try {
    await inFolder(dirname(path), async () => {
      await bringBack(folder)
      await expectOnly(path, Object.keys(files))
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

/** Where a folder written by `writeFolderAside` is whole: in its place, or beside it after a kill between two renames. */
export async function wholeFolder(folder: string): Promise<string> {
  const { path, old } = placesOf(folder)
  return !(await isThere(path)) && (await isThere(old)) ? old : folder
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

// Hidden, since 'model.old' may well be somebody's own folder.
function placesOf(folder: string): Record<'path' | 'aside' | 'old', string> {
  const path = resolve(folder)
  const beside = (kind: string) => join(dirname(path), `.${basename(path)}.${kind}`)
  return { path, aside: beside('part'), old: beside('old') }
}

async function bringBack(folder: string): Promise<void> {
  const { path, old } = placesOf(folder)
  if ((await wholeFolder(folder)) === old) await rename(old, path)
}

/** Replacing a folder deletes it: nothing but what is written anew may be in there. */
async function expectOnly(folder: string, names: readonly string[]): Promise<void> {
  const there = (await readdir(folder).catch(ifAbsent)) ?? []
  const foreign = there.find(name => !names.includes(name))
  if (foreign !== undefined)
    throw new GankitError(
      'trainer',
      'file',
      `${folder} holds '${foreign}', expected a new folder or one with ${names.join(' and ')} alone: choose another one`,
    )
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

/** Makes names last through a power cut, where the system can: Windows opens no folders. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined)
  await folder?.sync().catch(() => {})
  await folder?.close()
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ENOENT'
  }
}

function ifAbsent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
  return undefined
}
