import { randomUUID } from 'node:crypto'
import { link, open, rename, rm, stat, utimes } from 'node:fs/promises'
import { hostname } from 'node:os'
import { setTimeout as wait } from 'node:timers/promises'
import { GankitError } from '../errors.ts'
import { readRegularFile } from './read-file.ts'

/** What is said when another process has the lock. */
export interface LockWords {
  /** The package that wants it: 'datasets'. */
  readonly package: string
  /** What is done under it: 'cache x is being made'. */
  readonly what: string
  /** What one can do: 'wait until it is done, or choose another folder'. */
  readonly wayOut: string
}

/** The process that holds a lock. Containers number their processes alike, so a number alone says little. */
export interface LockOwner {
  readonly host: string
  readonly process: number
  /** When the process started, ms since 1970. */
  readonly started: number
}

const me: LockOwner = {
  host: hostname(),
  process: process.pid,
  started: Math.round(Date.now() - process.uptime() * 1000),
}

/** A lock says that often, ms, that it is still held. */
const beat = 30_000
/** After this, ms, a lock of another machine is abandoned. */
const abandoned = 10 * 60_000

/**
 * Takes a lock that one process at a time can have: a file that says whose it is. That of a process which is gone is
 * taken over at once, that of another machine once it has not been touched for ten minutes.
 * @returns what gives the lock back
 * @throws GankitError of kind 'state' when another process has it, else what the file system says
 */
export async function lock(path: string, words: LockWords): Promise<() => Promise<void>> {
  for (;;) {
    const release = await take(path)
    if (release) return release
    const text = await textOf(path)
    const owner = ownerIn(text)
    if (owner && (await isHeld(path, owner))) {
      const where = owner.host === me.host ? '' : ` of machine ${owner.host}`
      throw new GankitError(
        words.package,
        'state',
        `${words.what} at this moment by process ${owner.process}${where}: ${words.wayOut} (if there is no such process, delete ${path})`,
      )
    }
    await takeAway(path, text)
  }
}

/**
 * The process that holds a lock at the moment; undefined where none does, also when a killed process left the lock behind.
 * Reads only, and throws nothing.
 */
export async function readLock(path: string): Promise<LockOwner | undefined> {
  const owner = ownerIn(await readText(path))
  return owner && (await isHeld(path, owner)) ? owner : undefined
}

/** Makes the lock's file. @returns what removes it again; undefined where it is there already */
async function take(path: string): Promise<(() => Promise<void>) | undefined> {
  const file = await open(path, 'wx').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  if (!file) return undefined
  const mine = JSON.stringify(me)
  try {
    await file.writeFile(mine).finally(() => file.close())
  } catch (error) {
    await rm(path, { force: true })
    throw error
  }
  const beating = setInterval(() => void utimes(path, new Date(), new Date()).catch(() => undefined), beat)
  beating.unref()
  return async () => {
    clearInterval(beating)
    // After a long sleep of this machine another one may have it by now. A lock that can't be removed is that of a process
    // which is gone, and hides no error of what was done under it.
    if ((await readText(path)) === mine) await rm(path, { force: true }).catch(() => undefined)
  }
}

/** What a lock says; one that has just been made may still be empty. */
async function textOf(path: string): Promise<string> {
  for (let tries = 0; ; tries++) {
    const text = await readText(path)
    if (ownerIn(text) || tries === 3) return text
    await wait(100)
  }
}

/** A lock's text; '' for what is no file, or can't be read. A lock is a few words. */
async function readText(path: string): Promise<string> {
  return (await readRegularFile(path, { maxBytes: 10_000 }).catch(() => '')).toString()
}

function ownerIn(text: string): LockOwner | undefined {
  try {
    const { host, process, started } = JSON.parse(text) as LockOwner
    return typeof host === 'string' && process > 0 && started > 0 ? { host, process, started } : undefined
  } catch {
    return undefined
  }
}

async function isHeld(path: string, owner: LockOwner): Promise<boolean> {
  if (owner.host !== me.host) {
    const changed = await stat(path).catch(() => undefined)
    return changed !== undefined && Date.now() - changed.mtimeMs < abandoned
  }
  if (owner.process === me.process) return Math.abs(owner.started - me.started) < 2000
  return isRunning(owner.process)
}

/** Removes an abandoned lock, unless another process has taken it over in the meantime. */
async function takeAway(path: string, text: string): Promise<void> {
  const aside = `${path}-${randomUUID()}`
  try {
    await rename(path, aside)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return
    throw error
  }
  if ((await readText(aside)) !== text) await link(aside, path).catch(() => undefined)
  await rm(aside, { force: true })
}

/** Whether a process of this machine runs. Signal 0 asks only; a process of somebody else answers EPERM. */
export function isRunning(id: number): boolean {
  try {
    return process.kill(id, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
