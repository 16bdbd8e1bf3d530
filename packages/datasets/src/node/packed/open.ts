import { mkdir } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Dataset, GankitError, isGankitError } from '@gankit/core'
import { cacheFolder, lock, readLock, sha256Sync } from '@gankit/core/node'
import { createDataset } from '../../dataset/create-dataset.ts'
import { checkSkipped } from '../../images/skipped-files.ts'
import { buildCache } from './build.ts'
import { type Cache, openCache } from './cache.ts'
import { readBuilt } from './journal.ts'
import type { PackPlan } from './plan.ts'
import { allowSkippedHint, type PackOptions } from './plan.ts'

/** How long to wait before looking again at a cache that another process makes, ms. */
const betweenLooks = 300

/** Caches that this process is opening or building; further calls for the same cache wait, and find it built. */
const opening = new Map<string, Promise<unknown>>()

/**
 * Opens a dataset of packed bytes: from the cache where it is valid and of the same sources, else it is built now. An
 * interrupted build continues where it stopped, and one of another process is waited for.
 * @throws GankitError when too many items were skipped, and when the cache can't be written
 */
export async function openPacked(plan: PackPlan, options: PackOptions = {}): Promise<Dataset> {
  const { cacheDir = cacheFolder(), allowSkipped } = options
  const hash = sha256Sync(JSON.stringify(plan.identity)).slice(0, 16)
  const folder = join(cacheDir, 'packed', `${plan.name}-${hash}`)
  try {
    while (opening.has(folder)) await opening.get(folder)?.catch(() => undefined)
    const work = openOrBuild(folder, plan, options)
    opening.set(folder, work)
    const { source, skipped } = await work.finally(() => opening.delete(folder))
    try {
      const failed = skipped.filter(({ counts }) => counts).length
      if (!allowSkipped) checkSkipped(skipped, source.size + failed, allowSkippedHint)
    } catch (error) {
      await source.close?.()
      throw error
    }
    return createDataset(plan.view?.(source) ?? source)
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
  const release = await waitForLock(folder, plan, options)
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

/** Takes the lock on a cache, and waits for as long as another process makes it. */
async function waitForLock(
  folder: string,
  { count }: PackPlan,
  { onNote, onProgress, signal }: PackOptions,
): Promise<() => Promise<void>> {
  const path = `${folder}.lock`
  for (let isFirst = true; ; isFirst = false) {
    signal?.throwIfAborted()
    try {
      return await lock(path, { package: 'datasets', what: `cache ${folder} is being made`, wayOut: 'wait' })
    } catch (error) {
      if (!isGankitError(error) || error.kind !== 'state') throw error
    }
    const owner = await readLock(path)
    // It may have ended since.
    if (!owner) continue
    const { host, process } = owner
    if (isFirst)
      onNote?.(
        `another process, ${process}${host === hostname() ? '' : ` of machine ${host}`}, is making the cache ${folder}: waiting for it (if there is no such process, delete ${path})`,
      )
    onProgress?.({ ...(await readBuilt(`${folder}.building`)), total: count, process })
    await wait(betweenLooks, undefined, signal ? { signal } : {}).catch(() => undefined)
  }
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
