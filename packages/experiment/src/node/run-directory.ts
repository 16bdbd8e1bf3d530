import { constants } from 'node:fs'
import { type FileHandle, mkdir, open, readdir, rmdir, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import { fileError, withCreatedFolder, writeFileAtomic } from '@gankit/core/node'
import { parseEvents } from '../events/parse.ts'
import { checkNoLinks, runFiles } from './layout.ts'

/** The folder of one run, open for writing. */
export interface RunDirectory {
  /** Absolute path. */
  readonly path: string
  /** Replaces `config.json`. */
  saveConfig(config: object): Promise<void>
  /** Writes the samples of a step: a PNG to `samples/000500.png`, a text to `samples/000500.txt`. */
  saveSamples(step: number, samples: Uint8Array | string): Promise<void>
  /** Writes the figure of a step to `samples/000500.svg`. */
  saveFigure(step: number, svg: string): Promise<void>
  /** @throws GankitError once the folder was deleted or moved: writing would begin another one in its place */
  checkThere(): Promise<void>
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

/** Opens the folder of a run to write to it. @throws GankitError for a folder with a link in the place of a file of a run */
export async function openRunDirectory(folder: string): Promise<RunDirectory> {
  const path = resolve(folder)
  const files = runFiles(path)
  await checkNoLinks(path)
  const before = await identify(path)
  const checkThere = async () => {
    if (before !== undefined && (await identify(path)) !== before)
      throw new GankitError(
        'experiment',
        'file',
        `${path} was deleted or moved while its run was trained, expected it to stay until the run is done: the run ends here, start a new one`,
      )
  }
  const write = async (work: () => Promise<void>) => {
    await checkThere()
    try {
      await work()
    } catch (error) {
      // It may have gone meanwhile.
      await checkThere()
      throw error
    }
  }
  return {
    path,
    checkThere,
    saveConfig: config => write(() => writeConfig(path, config)),
    saveSamples: (step, samples) =>
      write(() => writeFileAtomic(files.sample(step, typeof samples === 'string' ? 'txt' : 'png'), samples)),
    saveFigure: (step, svg) => write(() => writeFileAtomic(files.sample(step, 'svg'), svg)),
    saveRealSamples: png => write(() => writeFileAtomic(files.realSamples, png)),
    appendEvent: line => write(() => appendEvent(files.events, line)),
  }
}

async function appendEvent(path: string, line: string): Promise<void> {
  try {
    const file = await open(path, appendFlags, 0o666)
    try {
      await appendWhole(file, path, line)
    } finally {
      await file.close()
    }
  } catch (error) {
    throw fileError('write', path, error)
  }
}

/** Appends to a file or makes it; follows no link, and waits for no pipe. */
const appendFlags =
  constants.O_RDWR |
  constants.O_APPEND |
  constants.O_CREAT |
  (constants.O_NOFOLLOW ?? 0) |
  (constants.O_NONBLOCK ?? 0)

/** What tells a folder from another one under its name; undefined where there is none. */
async function identify(path: string): Promise<string | undefined> {
  const found = await stat(path).catch(() => undefined)
  return found && `${found.dev} ${found.ino}`
}

/** Appends the whole line or nothing; a part of a line that a killed process left is cut off first. */
async function appendWhole(file: FileHandle, path: string, line: string): Promise<void> {
  const { size } = await file.stat()
  let whole = size
  if (size > 0 && (await file.read({ buffer: Buffer.alloc(1), position: size - 1 })).buffer[0] !== 0x0a) {
    const content = await file.readFile()
    whole = content.lastIndexOf(0x0a) + 1
    checkEvents(String(content), whole, path)
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

/** What every record begins with. */
const firstWords = '{"type":"'

/** @throws GankitError for a file that would be cut, and holds no record of a run: it is somebody's, and stays as it is */
function checkEvents(text: string, whole: number, path: string): void {
  if (
    whole === 0
      ? firstWords.startsWith(text.slice(0, firstWords.length))
      : parseEvents(text).records.length > 0
  )
    return
  throw new GankitError(
    'experiment',
    'file',
    `${path} holds no event of a run, expected the run's events: move it elsewhere`,
  )
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
