import { type FileHandle, mkdir, open, readdir, rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { fileError, readFileBytes, withCreatedFolder, writeFileAtomic } from '@gankit/core/node'
import { stepName } from './step-name.ts'

/** The folder of one run. Files: config.json, events.jsonl, samples/, checkpoints/, model/. */
export interface RunDirectory {
  readonly path: string
  /** Writes `config.json` anew. */
  saveConfig(config: object): Promise<void>
  /** Writes `samples/000500.png` for step 500. */
  saveSample(step: number, png: Uint8Array): Promise<void>
  /** Adds a line, its line feed included, to `events.jsonl`. One at a time. */
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
  const there = (await contents(path)) ?? []
  if (there.length > 0)
    throw new GankitError(
      'trainer',
      'file',
      `${path} holds '${there[0]}' already, expected a new or empty folder: choose another one`,
    )
  const samples = join(path, 'samples')
  try {
    await withCreatedFolder(path, async () => {
      // Of two runs that start at once and chose one name, only one can make this.
      await mkdir(samples)
      try {
        await writeConfig(path, config)
      } catch (error) {
        await rmdir(samples).catch(() => {})
        throw error
      }
    })
  } catch (error) {
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
    saveConfig: config => writeConfig(path, config),
    saveSample: (step, png) => writeFileAtomic(join(path, 'samples', `${stepName(step)}.png`), png),
    async appendEvent(line) {
      try {
        const file = await open(eventsPath, 'a+')
        try {
          await appendWhole(file, line)
        } finally {
          await file.close()
        }
      } catch (error) {
        throw fileError('write', eventsPath, error)
      }
    },
  }
}

/** Appends a line or nothing; the part of a line that a killed process left is cut off first. */
async function appendWhole(file: FileHandle, line: string): Promise<void> {
  const { size } = await file.stat()
  let whole = size
  if (size > 0 && (await file.read({ buffer: Buffer.alloc(1), position: size - 1 })).buffer[0] !== 0x0a) {
    whole = (await file.readFile()).lastIndexOf(0x0a) + 1
    await file.truncate(whole)
  }
  try {
    await file.appendFile(line)
  } catch (error) {
    // A full disk may have taken half of the line.
    await file.truncate(whole).catch(() => {})
    throw error
  }
}

function writeConfig(path: string, config: object): Promise<void> {
  return writeFileAtomic(join(path, 'config.json'), `${JSON.stringify(config, null, 2)}\n`)
}

/** Reads a run's configuration. @throws GankitError when the folder is no run */
export async function readRunConfig(path: string): Promise<unknown> {
  const file = join(path, 'config.json')
  const text = (await readFileBytes(file)).toString('utf8')
  try {
    return JSON.parse(text)
  } catch {
    throw new GankitError('trainer', 'data', `${file} is not JSON, expected the configuration of a run`)
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
