import { mkdir, open, readdir, readFile, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { fileError, writeAside } from './files.ts'

/** The folder of one run. Files: config.json, events.jsonl, samples/, checkpoints/, model/. */
export interface RunDirectory {
  readonly path: string
  /** Writes `samples/000500.png` for step 500. */
  saveSample(step: number, png: Uint8Array): Promise<void>
  /** Adds a line to `events.jsonl`. */
  appendEvent(line: string): Promise<void>
}

/** `runs/<app>/<when>-<seed>`, or with `-2`, `-3` behind it if that is taken. */
export async function newRunPath(
  root: string,
  app: string,
  seed: number,
  now: Date = new Date(),
): Promise<string> {
  const two = (n: number) => String(n).padStart(2, '0')
  const date = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-')
  const time = [two(now.getHours()), two(now.getMinutes()), two(now.getSeconds())].join('-')
  const base = join(root, app, `${date}T${time}-${seed}`)
  for (let n = 1; ; n++) {
    const path = n === 1 ? base : `${base}-${n}`
    if ((await contents(path)) === undefined) return path
  }
}

/**
 * Makes the folder of a new run and puts its configuration there.
 * @throws GankitError when something is there already or it can't be written; then nothing is left behind
 */
export async function createRunDirectory(path: string, config: object): Promise<RunDirectory> {
  const there = await contents(path)
  if (there && there.length > 0)
    throw new GankitError(
      'trainer',
      'file',
      `${path} holds ${there.length} files already, expected a new or empty folder: choose another one`,
    )
  let made: string | undefined
  try {
    made = await mkdir(path, { recursive: true })
    await writeAside(join(path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`)
  } catch (error) {
    if (made) await rm(made, { recursive: true, force: true }).catch(() => {})
    throw fileError('create the run directory', path, error)
  }
  return openRunDirectory(path)
}

/** Opens the folder of a run to add to it. */
export function openRunDirectory(folder: string): RunDirectory {
  const path = resolve(folder)
  const eventsPath = join(path, 'events.jsonl')
  return {
    path,
    saveSample: (step, png) => writeAside(join(path, 'samples', `${String(step).padStart(6, '0')}.png`), png),
    async appendEvent(line) {
      const file = await open(eventsPath, 'a').catch(error => {
        throw fileError('write', eventsPath, error)
      })
      const { size } = await file.stat()
      try {
        await file.appendFile(line)
      } catch (error) {
        // A full disk may have taken half of the line.
        await file.truncate(size).catch(() => {})
        throw fileError('write', eventsPath, error)
      } finally {
        await file.close()
      }
    },
  }
}

/** Reads a run's configuration. @throws GankitError when the folder is no run */
export async function readRunConfig(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(join(path, 'config.json'), 'utf8'))
  } catch (error) {
    if (error instanceof SyntaxError)
      throw new GankitError('trainer', 'data', `${join(path, 'config.json')} is not JSON: ${error.message}`)
    throw fileError('open the run: read', join(path, 'config.json'), error)
  }
}

async function contents(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileError('open', path, error)
  }
}
