import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** What an install tells while it goes on: what it does now, how many bytes it has on disk, or a remark. */
export type InstallEvent = { readonly phase: string } | { readonly bytes: number } | { readonly note: string }

/** Where an install is built, beside the place where it will be. */
export interface Workshop {
  readonly folder: string
  readonly signal?: AbortSignal | undefined
  report(event: InstallEvent): void
}

const prefix = '.building-'
const replaced = 'replaced'

/** Makes a folder to build in, and removes those of processes that were killed. */
export async function openWorkshop(root: string): Promise<string> {
  for (const name of await readdir(root)) {
    const owner = name.startsWith(prefix) && Number(name.slice(prefix.length).split('-')[0])
    if (owner && !isAlive(owner)) await tidyAway(root, join(root, name))
  }
  return mkdtemp(join(root, `${prefix}${process.pid}-`))
}

/** Moves what was built to its place. What was there before goes only once the new one stands, or comes back. */
export async function putInPlace(built: string, place: string, workshop: string): Promise<void> {
  const before = join(workshop, replaced, basename(place))
  const replacing = existsSync(place)
  await mkdir(dirname(before), { recursive: true })
  if (replacing) await rename(place, before)
  try {
    await rename(built, place)
  } catch (error) {
    if (replacing) await rename(before, place)
    throw error
  }
}

/** Removes a folder that was left behind, after it gave back what it was about to replace. */
async function tidyAway(root: string, workshop: string): Promise<void> {
  const before = join(workshop, replaced)
  for (const name of existsSync(before) ? await readdir(before) : [])
    if (!existsSync(join(root, name))) await rename(join(before, name), join(root, name))
  await rm(workshop, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
