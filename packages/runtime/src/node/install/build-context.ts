import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

/** Progress of an install: the phase that begins, the bytes on disk, or a remark. */
export type InstallEvent = { readonly phase: string } | { readonly bytes: number } | { readonly note: string }

/** What the steps of an install share. */
export interface BuildContext {
  /** The folder in which the install is built, beside its final place. */
  readonly folder: string
  readonly signal?: AbortSignal | undefined
  report(event: InstallEvent): void
}

const prefix = '.building-'
const replaced = 'replaced'

/** Creates a folder to build in, and removes those of processes that were killed. */
export async function openBuildFolder(root: string): Promise<string> {
  for (const name of await readdir(root)) {
    const owner = name.startsWith(prefix) && Number(name.slice(prefix.length).split('-')[0])
    if (owner && !isAlive(owner)) await removeAbandoned(root, join(root, name))
  }
  return mkdtemp(join(root, `${prefix}${process.pid}-`))
}

/**
 * Moves what was built to its place. An earlier install there moves into the build folder, and back if that fails.
 * @param buildFolder as `openBuildFolder` returned it
 */
export async function moveIntoPlace(built: string, place: string, buildFolder: string): Promise<void> {
  const before = join(buildFolder, replaced, basename(place))
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

/** Removes the build folder of a killed process, after restoring the install that the process was about to replace. */
async function removeAbandoned(root: string, buildFolder: string): Promise<void> {
  const before = join(buildFolder, replaced)
  for (const name of existsSync(before) ? await readdir(before) : [])
    if (!existsSync(join(root, name))) await rename(join(before, name), join(root, name))
  await rm(buildFolder, { recursive: true, force: true })
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
