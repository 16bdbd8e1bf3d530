import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { type Dataset, GankitError, isGankitError } from '@gankit/core'
import { datasetOf } from '../../source.ts'
import { cacheFolder } from '../cache-folder.ts'
import { buildCache } from './build.ts'
import { type Cache, openCache } from './cache.ts'
import type { PackPlan } from './item.ts'
import { lock } from './lock.ts'
import type { PackOptions } from './options.ts'
import { sha256 } from './sha256.ts'
import { checkShare } from './share.ts'

/** Caches that this process is making. */
const making = new Map<string, Promise<unknown>>()

/**
 * A dataset of packed bytes: from the cache where it is there, right and of the same sources, else made now. A build
 * that was interrupted goes on where it stopped.
 * @throws GankitError when too much had to be skipped, or the cache can't be written or is being made elsewhere
 */
export async function openPacked(plan: PackPlan, options: PackOptions = {}): Promise<Dataset> {
  const { cacheDir = cacheFolder(), allowSkipped, onNote, signal } = options
  const hash = sha256(JSON.stringify(plan.identity)).slice(0, 16)
  const folder = join(cacheDir, 'packed', `${plan.name}-${hash}`)
  try {
    while (making.has(folder)) await making.get(folder)?.catch(() => undefined)
    const there = await openCache(folder, plan, signal).catch((error: NodeJS.ErrnoException) => {
      signal?.throwIfAborted()
      if (error.code !== 'ENOENT') onNote?.(`cache ${folder} ${error.message}: it is made anew`)
    })
    const { source, lost } = there ?? (await makeAndOpen(folder, plan, options))
    if (!allowSkipped) checkShare({ lost, of: source.size + lost, skipped: source.skipped ?? [] })
    return datasetOf(source)
  } catch (error) {
    throw fileError(error, folder)
  } finally {
    await plan.end?.()
  }
}

async function makeAndOpen(folder: string, plan: PackPlan, options: PackOptions): Promise<Cache> {
  const work = (async () => {
    await mkdir(dirname(folder), { recursive: true })
    const release = await lock(`${folder}.lock`, `cache ${folder} is being made`)
    try {
      await buildCache(folder, plan, options)
    } finally {
      await release()
    }
  })()
  making.set(folder, work)
  try {
    await work
  } finally {
    making.delete(folder)
  }
  return await openCache(folder, plan, options.signal)
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
