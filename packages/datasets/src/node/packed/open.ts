import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Dataset, GankitError, isGankitError } from '@gankit/core'
import { cacheFolder, lock, sha256Sync } from '@gankit/core/node'
import { datasetOf } from '../../dataset/create-dataset.ts'
import { checkLosses } from '../../images/skipped-files.ts'
import { buildCache } from './build.ts'
import { type Cache, openCache } from './cache.ts'
import type { PackPlan } from './plan.ts'
import { type PackOptions, wayOut } from './plan.ts'

/** Caches that this process is opening or making: one call after the other, so that only the first has work. */
const opening = new Map<string, Promise<unknown>>()

/**
 * A dataset of packed bytes: from the cache where it is there, right and of the same sources, else made now. A build
 * that was interrupted goes on where it stopped.
 * @throws GankitError when too much had to be skipped, or the cache can't be written or is being made elsewhere
 */
export async function openPacked(plan: PackPlan, options: PackOptions = {}): Promise<Dataset> {
  const { cacheDir = cacheFolder(), allowSkipped } = options
  const hash = sha256Sync(JSON.stringify(plan.identity)).slice(0, 16)
  const folder = join(cacheDir, 'packed', `${plan.name}-${hash}`)
  try {
    while (opening.has(folder)) await opening.get(folder)?.catch(() => undefined)
    const work = openOrMake(folder, plan, options)
    opening.set(folder, work)
    const { source, lost } = await work.finally(() => opening.delete(folder))
    try {
      if (!allowSkipped) checkLosses({ skipped: source.skipped ?? [], lost, of: source.size + lost }, wayOut)
    } catch (error) {
      await source.close?.()
      throw error
    }
    return datasetOf(source)
  } catch (error) {
    throw fileError(error, folder)
  } finally {
    await plan.end?.()
  }
}

async function openOrMake(folder: string, plan: PackPlan, options: PackOptions): Promise<Cache> {
  const { onNote, signal } = options
  const there = (note?: (line: string) => void) =>
    openCache(folder, plan, signal).catch((error: NodeJS.ErrnoException) => {
      signal?.throwIfAborted()
      if (error.code !== 'ENOENT') note?.(`cache ${folder} ${error.message}: it is made anew`)
      return undefined
    })
  const first = await there(onNote)
  if (first) return first
  await mkdir(dirname(folder), { recursive: true })
  const release = await lock(`${folder}.lock`, {
    package: 'datasets',
    what: `cache ${folder} is being made`,
    wayOut: 'wait until it is done, or set GANKIT_CACHE to another folder',
  })
  try {
    // Another process may have made it before the lock was free.
    const second = await there()
    if (second) return second
    await buildCache(folder, plan, options)
  } finally {
    await release()
  }
  return await openCache(folder, plan, signal)
}

/** What the file system says, in the words of gankit; all else as it is. */
function fileError(error: unknown, folder: string): unknown {
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
