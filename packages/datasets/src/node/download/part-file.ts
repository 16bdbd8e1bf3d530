import { randomUUID } from 'node:crypto'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { isRunning } from '@gankit/core/node'
import { sizeOf } from './receive.ts'

/** After this, ms, a piece is taken over whoever it belonged to: no download pauses for so long. */
const abandoned = 24 * 60 * 60 * 1000

const host = encodeURIComponent(hostname())

/**
 * Takes what an earlier download left of a file, or makes up a name where nothing is left, so that no two downloads
 * write to one piece. A piece that waits is `FILE.part`; one in use is `FILE.part-HOST-PROCESS-ID`, and waits as well
 * once its process is gone. It is taken by renaming, which succeeds for one alone.
 * @returns the path of a piece that nobody else writes to; the file may not be there yet
 */
export async function takePart(target: string): Promise<string> {
  const mine = `${target}.part-${host}-${process.pid}-${randomUUID().slice(0, 8)}`
  const [largest, ...others] = await waitingParts(target)
  if (largest) await rename(largest, mine).catch(() => undefined)
  for (const other of others) await rm(other, { force: true }).catch(() => undefined)
  return mine
}

/** Leaves a piece, where there is one, for the next download to go on with, unless a larger one waits already. */
export async function leavePart(mine: string, target: string): Promise<void> {
  const waiting = `${target}.part`
  const larger = (await sizeOf(mine)) > (await sizeOf(waiting))
  // What can't be moved waits under its own name until this process is gone.
  await (larger ? rename(mine, waiting) : rm(mine, { force: true })).catch(() => undefined)
}

/** The pieces of a file that nobody writes to, the largest first. */
async function waitingParts(target: string): Promise<string[]> {
  const folder = dirname(target)
  const prefix = `${basename(target)}.part`
  const waiting: { path: string; size: number }[] = []
  for (const name of await readdir(folder).catch(() => [])) {
    if (!name.startsWith(prefix)) continue
    const path = join(folder, name)
    const status = await stat(path).catch(() => undefined)
    if (status && (name === prefix || isOrphan(name, status.mtimeMs)))
      waiting.push({ path, size: status.size })
  }
  return waiting.toSorted((a, b) => b.size - a.size).map(({ path }) => path)
}

function isOrphan(name: string, changed: number): boolean {
  const [, owner, id] = /\.part-(.+)-(\d+)-[0-9a-f]{8}$/.exec(name) ?? []
  if (!owner || !id) return false
  return Date.now() - changed > abandoned || (owner === host && !isRunning(Number(id)))
}
