import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { GankitError, isGankitError } from '@gankit/core'
import { type Run, readRun } from './read-run.ts'

export interface FoundRuns {
  /** Newest first. */
  readonly runs: readonly Run[]
  /** Folders that have a config.json, but can't be read. */
  readonly skipped: readonly { readonly path: string; readonly why: string }[]
}

/** Folders of runs may be so deep: runs/<app>/<run>. */
const deepest = 2

/** Finds the runs in a folder: the folder itself, or runs/<app>/<run> below it. @throws GankitError when it is none */
export async function findRuns(folder: string): Promise<FoundRuns> {
  const runs: Run[] = []
  const skipped: { path: string; why: string }[] = []
  for (const path of await runFolders(folder, 0)) {
    try {
      runs.push(await readRun(path))
    } catch (error) {
      if (!isGankitError(error)) throw error
      skipped.push({ path, why: error.message })
    }
  }
  runs.sort((a, b) => b.when.getTime() - a.when.getTime() || (a.path < b.path ? 1 : -1))
  return { runs, skipped }
}

async function runFolders(folder: string, depth: number): Promise<string[]> {
  let entries: Awaited<ReturnType<typeof entriesOf>>
  try {
    entries = await entriesOf(folder)
  } catch (error) {
    // Below, a folder may go or be closed to us; the one that was asked for must be there.
    if (depth > 0) return []
    const { code, message } = error as NodeJS.ErrnoException
    const what = code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is a file' : message
    throw new GankitError('cli', 'file', `${folder} ${what}, expected a folder with runs, such as runs`)
  }
  if (entries.some(entry => entry.name === 'config.json')) return [folder]
  if (depth === deepest) return []
  const below = entries.filter(entry => !entry.isFile() && !entry.name.startsWith('.'))
  return (await Promise.all(below.map(({ name }) => runFolders(join(folder, name), depth + 1)))).flat()
}

function entriesOf(folder: string) {
  return readdir(folder, { withFileTypes: true })
}
