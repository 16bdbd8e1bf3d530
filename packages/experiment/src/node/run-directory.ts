import { type FileHandle, mkdir, open, readdir, rmdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { fileError, withCreatedFolder, writeFileAtomic } from '@gankit/core/node'
import { runFiles } from './layout.ts'

/** The folder of one run, open for writing. */
export interface RunDirectory {
  /** Absolute path. */
  readonly path: string
  /** Replaces `config.json`. */
  saveConfig(config: object): Promise<void>
  /** Writes the samples of a step: a PNG to `samples/000500.png`, a text to `samples/000500.txt`. */
  saveSamples(step: number, samples: Uint8Array | string): Promise<void>
  /** Writes a PNG of real samples to `samples/real.png`. */
  saveRealSamples(png: Uint8Array): Promise<void>
  /** Appends a line, its line feed included, to `events.jsonl`. Wait for one line before you append the next. */
  appendEvent(line: string): Promise<void>
}

/** A path for a new run, `runs/<app>/<when>-<seed>`, with `-2` or `-3` behind it if that is taken. */
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
    if ((await listContents(path)) === undefined) return path
  }
}

/**
 * Creates the folder of a new run and writes its configuration.
 * @throws GankitError when the folder is not empty or can't be written; then nothing is left behind
 */
export async function createRunDirectory(path: string, config: object): Promise<RunDirectory> {
  const there = (await listContents(path)) ?? []
  if (there.length > 0)
    throw new GankitError(
      'experiment',
      'file',
      `${path} holds '${there[0]}' already, expected a new or empty folder: choose another one`,
    )
  const { samples } = runFiles(path)
  try {
    await withCreatedFolder(path, async () => {
      // Of two runs that start at once with the same path, only one can create this folder.
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

/** Opens the folder of a run to write to it. */
export function openRunDirectory(folder: string): RunDirectory {
  const path = resolve(folder)
  const files = runFiles(path)
  return {
    path,
    saveConfig: config => writeConfig(path, config),
    saveSamples: (step, samples) =>
      writeFileAtomic(files.sample(step, typeof samples === 'string' ? 'txt' : 'png'), samples),
    saveRealSamples: png => writeFileAtomic(files.realSamples, png),
    async appendEvent(line) {
      try {
        const file = await open(files.events, 'a+')
        try {
          await appendWhole(file, line)
        } finally {
          await file.close()
        }
      } catch (error) {
        throw fileError('write', files.events, error)
      }
    },
  }
}

/** Appends the whole line or nothing; a part of a line that a killed process left is cut off first. */
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
  return writeFileAtomic(runFiles(path).config, `${JSON.stringify(config, null, 2)}\n`)
}

async function listContents(path: string): Promise<string[] | undefined> {
  try {
    return await readdir(path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw fileError('open', path, error)
  }
}
