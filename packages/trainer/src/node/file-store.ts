import { lstat, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError } from '@gankit/core'
import {
  cleanUpFolders,
  fileError,
  findWholeFolder,
  readRegularFile,
  removeFolder,
  writeFolderAtomic,
} from '@gankit/core/node'
import { checkpointFileNames } from '../checkpoint/manifest.ts'
import type { CheckpointStore } from '../checkpoint/store.ts'

/**
 * Keeps checkpoints on a disk, in `checkpoints/000500/` below the folder of a run. Each is written aside, synced and
 * renamed; what a killed process left is cleaned up by the next writing. Other files and folders are left alone, and so is
 * whatever a link leads to.
 * @param run the folder of the run
 */
export function fileStore(run: string): CheckpointStore {
  const folder = join(run, 'checkpoints')
  const where = (step: number) => join(folder, stepName(step))
  return {
    where,
    async list() {
      await checkNoLink(folder)
      const steps = new Set<number>()
      for (const entry of await entriesOf(folder)) {
        const name = /^\.(\d+)\.old$/.exec(entry.name)?.[1] ?? entry.name
        if (isStepName(name) && !entry.isFile()) steps.add(Number(name))
      }
      return [...steps].sort((a, b) => a - b)
    },
    async write(step, files) {
      await checkNoLink(folder)
      // First, since it makes room.
      await cleanUpFolders(folder, isStepName)
      await writeFolderAtomic(where(step), Object.fromEntries(files))
    },
    async read(step) {
      const place = await findWholeFolder(where(step))
      const files = new Map<string, Uint8Array>()
      for (const name of checkpointFileNames) {
        const bytes = await bytesOf(join(place, name), run)
        if (bytes) files.set(name, bytes)
      }
      if (files.size === 0)
        throw new GankitError(
          'trainer',
          'data',
          `${where(step)} is not there, or has none of the files ${checkpointFileNames.join(', ')}`,
        )
      return files
    },
    async remove(step) {
      await checkNoLink(folder)
      await removeFolder(where(step), checkpointFileNames)
    },
  }
}

/** What files and folders of a step are called: '000500', so that their names sort as their steps do. */
function stepName(step: number): string {
  return String(step).padStart(6, '0')
}

function isStepName(name: string): boolean {
  return name === stepName(Number(name)) && Number.isSafeInteger(Number(name)) && Number(name) >= 0
}

/** @throws GankitError for a folder that is a link: what is behind it is not the run's, and would be written and removed */
async function checkNoLink(folder: string): Promise<void> {
  const found = await lstat(folder).catch(() => undefined)
  if (found?.isSymbolicLink())
    throw new GankitError(
      'trainer',
      'file',
      `${folder} is a link, expected a folder of the run itself: put the folder itself there`,
    )
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw fileError('read', folder, error)
  }
}

/** All bytes of a file of a run; undefined where there is none. */
async function bytesOf(path: string, run: string): Promise<Uint8Array | undefined> {
  try {
    return await readRegularFile(path, { within: run, maxBytes: Number.POSITIVE_INFINITY })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileError('read', path, error)
  }
}
