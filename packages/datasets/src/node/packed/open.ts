import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Dataset, GankitError, isGankitError } from '@gankit/core'
import { cacheFolder, lock, sha256Sync } from '@gankit/core/node'
import { createDataset } from '../../dataset/create-dataset.ts'
import { checkSkipped } from '../../images/skipped-files.ts'
import { buildCache } from './build.ts'
import { type Cache, openCache } from './cache.ts'
import type { PackPlan } from './plan.ts'
import { allowSkippedHint, type PackOptions } from './plan.ts'

/** Caches that this process is opening or building; further calls for the same cache wait, and find it built. */
const opening = new Map<string, Promise<unknown>>()

/**
 * Opens a dataset of packed bytes: from the cache where it is valid and of the same sources, else it is built now. An
 * interrupted build continues where it stopped.
 * @throws GankitError when too many items were skipped, and when the cache can't be written or another process builds it
 */
export async function openPacked(plan: PackPlan, options: PackOptions = {}): Promise<Dataset> {
  const { cacheDir = cacheFolder(), allowSkipped } = options
  const hash = sha256Sync(JSON.stringify(plan.identity)).slice(0, 16)
  const folder = join(cacheDir, 'packed', `${plan.name}-${hash}`)
  try {
    while (opening.has(folder)) await opening.get(folder)?.catch(() => undefined)
    const work = openOrBuild(folder, plan, options)
    opening.set(folder, work)
    const { source, failed } = await work.finally(() => opening.delete(folder))
    try {
      if (!allowSkipped)
        checkSkipped({ skipped: source.skipped ?? [], failed, total: source.size + failed }, allowSkippedHint)
    } catch (error) {
      await source.close?.()
      throw error
    }
    return createDataset(source)
  } catch (error) {
    throw toFileError(error, folder)
  } finally {
    await plan.end?.()
  }
}

async function openOrBuild(folder: string, plan: PackPlan, options: PackOptions): Promise<Cache> {
  const { onNote, signal } = options
  const openExisting = (note?: (line: string) => void) =>
    openCache(folder, plan, signal).catch((error: NodeJS.ErrnoException) => {
      signal?.throwIfAborted()
      if (error.code !== 'ENOENT') note?.(`cache ${folder} ${error.message}: it is made anew`)
      return undefined
    })
  const first = await openExisting(onNote)
  if (first) return first
  await mkdir(dirname(folder), { recursive: true })
  const release = await lock(`${folder}.lock`, {
    package: 'datasets',
    what: `cache ${folder} is being made`,
    wayOut: 'wait until it is done, or set GANKIT_CACHE to another folder',
  })
  try {
    // Another process may have built it before the lock was free.
    const second = await openExisting()
    if (second) return second
    await buildCache(folder, plan, options)
  } finally {
    await release()
  }
  return await openCache(folder, plan, signal)
}

/** Turns an error of the file system into a GankitError; other errors stay as they are. */
function toFileError(error: unknown, folder: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException
  if (isGankitError(error) || typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) return error
  const why = code === 'ENOSPC' ? 'no space left on the disk: make room' : `${message}: is it writable?`
  return new GankitError(
    'datasets',
    'file',
    `cache ${folder} can't be kept (${why}, or set GANKIT_CACHE to another folder)`,
    { cause: error },
  )
}
