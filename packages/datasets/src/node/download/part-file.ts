import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isRunning } from '@gankit/core/node'
import { readFileSize } from './receive.ts'

/** The age in ms at which any unfinished file is taken over: no download pauses for so long. */
const abandonedAfter = 24 * 60 * 60 * 1000

const host = encodeURIComponent(hostname())

/**
 * Claims the unfinished file of an earlier download, or a new name where there is none, so that no two downloads write to one
 * file. A free one is called `FILE.part`. One in use is called `FILE.part-HOST-PROCESS-ID`, and becomes free when its process
 * ends. Renaming claims it, which succeeds for one download only.
 * @returns a path that no other download writes to; the file may not exist yet
 */
export async function claimPart(target: string): Promise<string> {
  const mine = `${target}.part-${host}-${process.pid}-${randomUUID().slice(0, 8)}`
  const [largest, ...others] = await listFreeParts(target)
  if (largest) await rename(largest, mine).catch(() => undefined)
  for (const other of others) await rm(other, { force: true }).catch(() => undefined)
  return mine
}

/** Frees an unfinished file for the next download, unless a larger one is free already. */
export async function releasePart(mine: string, target: string): Promise<void> {
  const free = `${target}.part`
  const isLarger = (await readFileSize(mine)) > (await readFileSize(free))
  // Where renaming fails, the file becomes free under its own name when this process ends.
  await (isLarger ? rename(mine, free) : rm(mine, { force: true })).catch(() => undefined)
}

/** Lists the unfinished files that no download writes to, the largest first. */
async function listFreeParts(target: string): Promise<string[]> {
  const folder = dirname(target)
  const prefix = `${basename(target)}.part`
  const free: { path: string; size: number }[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const status = await stat(path).catch(() => undefined)
    if (status && (name === prefix || isOrphan(name, status.mtimeMs))) free.push({ path, size: status.size })
  }
  return free.toSorted((a, b) => b.size - a.size).map(({ path }) => path)
}

function isOrphan(name: string, changed: number): boolean {
  const [, owner, id] = /\.part-(.+)-(\d+)-[0-9a-f]{8}$/.exec(name) ?? []
  if (!owner || !id) return false
  return Date.now() - changed > abandonedAfter || (owner === host && !isRunning(Number(id)))
}
