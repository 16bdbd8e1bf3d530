import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { GankitError, isGankitError, parseJson } from '@gankit/core'
import { readRegularFile } from '@gankit/core/node'
import { type RunHistory, readHistory } from '../events/history.ts'
import { type EventLog, parseEvents } from '../events/parse.ts'
import { checkRunConfig, describeRunConfig, type RunConfig, type RunDescription } from '../run-config.ts'
import { hasModel, listCheckpoints, listSamples, runFiles, type StepFile } from './layout.ts'
import { type RunLock, readRunLock } from './run-lock.ts'

/** Stopped by a person, a limit or a rule; failed when training could not go on; interrupted when its process died. */
export type RunState = 'done' | 'stopped' | 'failed' | 'running' | 'interrupted'

/** A run directory as it is now. */
export interface Run extends RunDescription {
  /** Absolute path. */
  readonly path: string
  readonly name: string
  readonly state: RunState
  /** Why it stopped or failed, or which process trains it. */
  readonly why?: string
  /** When it began. */
  readonly when: Date
  /** Steps taken. */
  readonly step: number
  readonly history: RunHistory
  /** Lines of the event file that could not be read. */
  readonly skippedLines: number
  /** Pictures of samples. */
  readonly samples: readonly StepFile[]
  readonly checkpoints: readonly StepFile[]
  /** Whether the generator is saved, so that samples can be drawn. */
  readonly hasModel: boolean
}

/** Reads a run directory, also while it is being trained. @throws GankitError for a folder that is no run */
export async function readRun(folder: string): Promise<Run> {
  const path = resolve(folder)
  const description = await readRunDescription(folder)
  const [{ records, skipped }, samples, checkpoints, model, lock, when] = await Promise.all([
    readEvents(path),
    listSamples(path),
    listCheckpoints(path),
    hasModel(path),
    readRunLock(path),
    readBeginning(path),
  ])
  const history = readHistory(records)
  return {
    ...description,
    path,
    name: basename(path),
    ...decideState(history, lock),
    when,
    step: Math.max(history.step, checkpoints.at(-1)?.step ?? 0),
    history,
    skippedLines: skipped,
    samples,
    checkpoints,
    hasModel: model,
  }
}

/** What a run's configuration says, whatever its version. @throws GankitError for a folder that is no run */
export async function readRunDescription(run: string): Promise<RunDescription> {
  return describeRunConfig(await readConfig(run), runFiles(run).config)
}

/** Reads a run's configuration. @throws GankitError for a folder that is no run, and for a run of another version */
export async function readRunConfig(run: string): Promise<RunConfig> {
  return checkRunConfig(await readConfig(run), runFiles(run).config)
}

/** Bytes of a config.json and of an event file, at most. */
const maxConfigBytes = 2 ** 24
const maxEventBytes = 2 ** 29 - 1

async function readConfig(folder: string): Promise<unknown> {
  const file = runFiles(folder).config
  const fault = (what: string) =>
    new GankitError(
      'experiment',
      'data',
      `${what}, expected a run directory: 'gankit runs' lists those there are`,
    )
  let text: string
  try {
    text = String(await readRegularFile(file, { within: folder, maxBytes: maxConfigBytes }))
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException
    const gone = ['ENOENT', 'ENOTDIR'].includes(code)
    throw fault(gone ? `${folder} holds no config.json` : `${file} can't be read (${message})`)
  }
  try {
    return parseJson(text)
  } catch {
    throw fault(`${file} is not JSON`)
  }
}

async function readEvents(run: string): Promise<EventLog> {
  const file = runFiles(run).events
  try {
    return parseEvents(String(await readRegularFile(file, { within: run, maxBytes: maxEventBytes })))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A run that has just been created has no events yet.
    if (code === 'ENOENT') return { records: [], skipped: 0 }
    throw new GankitError(
      'experiment',
      'file',
      `${file} can't be read (${message}), expected the run's events`,
    )
  }
}

/** When a run began: the name of its folder says so; of a folder with another name, when it was created. */
export async function readBeginning(run: string): Promise<Date> {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(basename(run))
  const named = new Date(parts ? `${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}` : '')
  // A name may have the form of a time and be none: 2025-99-99T00-00-00.
  if (!Number.isNaN(named.getTime())) return named
  const { birthtime, mtime } = await stat(run)
  // Not every file system keeps the time of creation.
  return birthtime.getTime() > 0 ? birthtime : mtime
}

function decideState({ end }: RunHistory, lock: RunLock | undefined): Pick<Run, 'state' | 'why'> {
  // At the end of a run its own process reads the run, and still holds the lock.
  if (lock && lock.process !== process.pid)
    return { state: 'running', why: `process ${lock.process} on ${lock.host} trains it` }
  if (!end) return { state: 'interrupted' }
  const why = end.why === undefined ? {} : { why: end.why }
  if (end.reason === 'done') return { state: 'done', ...why }
  return { state: end.reason === 'failed' ? 'failed' : 'stopped', ...why }
}

/** The runs in a folder, and the folders that look like runs and can't be read. */
export interface FoundRuns {
  /** Newest first. */
  readonly runs: readonly Run[]
  readonly skipped: readonly { readonly path: string; readonly why: string }[]
}

/** Runs lie at most so many folders deep: runs/<app>/<run>. */
const maxDepth = 2

/** Finds the runs in a folder: the folder itself, or those below it. @throws GankitError for what is no folder */
export async function findRuns(folder: string): Promise<FoundRuns> {
  const runs: Run[] = []
  const skipped: { path: string; why: string }[] = []
  for (const path of await findRunFolders(folder)) {
    try {
      runs.push(await readRun(path))
    } catch (error) {
      // Whatever is wrong with one hides no other.
      const { message } = error as Error
      skipped.push({ path, why: isGankitError(error) ? message : `${path} can't be read (${message})` })
    }
  }
  runs.sort((a, b) => b.when.getTime() - a.when.getTime() || (a.path < b.path ? 1 : -1))
  return { runs, skipped }
}

/** The folders below a folder that look like runs. @throws GankitError for what is no folder */
export async function findRunFolders(folder: string, depth = 0): Promise<string[]> {
  let entries: Awaited<ReturnType<typeof listEntries>>
  try {
    entries = await listEntries(folder)
  } catch (error) {
    // Below the folder that is searched others may vanish, or be closed to this user; the folder itself must be there.
    if (depth > 0) return []
    const { code, message } = error as NodeJS.ErrnoException
    const what = code === 'ENOENT' ? 'does not exist' : code === 'ENOTDIR' ? 'is a file' : message
    throw new GankitError(
      'experiment',
      'file',
      `${folder} ${what}, expected a folder with runs, such as runs`,
    )
  }
  if (entries.some(entry => entry.name === 'config.json')) return [folder]
  if (depth === maxDepth) return []
  const below = entries.filter(entry => !entry.isFile() && !entry.name.startsWith('.'))
  return (await Promise.all(below.map(({ name }) => findRunFolders(join(folder, name), depth + 1)))).flat()
}

function listEntries(folder: string) {
  return readdir(folder, { withFileTypes: true })
}
