import { readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { GankitError } from '@gankit/core'
import type { RunConfig } from '../run-config.ts'
import { type EventLog, parseEvents } from './event-log.ts'
import { type History, historyOf } from './history.ts'
import { checkpointsOf, hasModel, type StepFile, samplesOf } from './run-files.ts'
import { type RunLock, readLock } from './run-lock.ts'

/** Stopped by a person, a limit or a rule; failed when training could not go on; interrupted when its process died. */
export type RunState = 'done' | 'stopped' | 'failed' | 'running' | 'interrupted'

/** A run directory as it is now. */
export interface Run {
  /** Absolute path. */
  readonly path: string
  readonly name: string
  readonly config: RunConfig
  readonly state: RunState
  /** Why it stopped, failed, or is thought to run. */
  readonly why?: string
  /** When it began. */
  readonly when: Date
  /** Steps taken. */
  readonly step: number
  /** Where it ends. */
  readonly steps: number
  readonly history: History
  /** Lines of the event file that could not be read. */
  readonly skippedLines: number
  readonly samples: readonly StepFile[]
  readonly checkpoints: readonly StepFile[]
  /** Whether the generator is saved, so that samples can be drawn. */
  readonly hasModel: boolean
}

/** Reads a run directory, also while it is being trained. @throws GankitError for a folder that is no run */
export async function readRun(folder: string): Promise<Run> {
  const path = resolve(folder)
  const config = await configOf(folder)
  const [{ records, skipped }, samples, checkpoints, model, lock, when] = await Promise.all([
    eventsOf(path),
    samplesOf(path),
    checkpointsOf(path),
    hasModel(path),
    readLock(path),
    beginOf(path),
  ])
  const history = historyOf(records)
  return {
    path,
    name: basename(path),
    config,
    ...stateOf(history, lock),
    when,
    step: Math.max(history.step, checkpoints.at(-1)?.step ?? 0),
    steps: config.training.steps,
    history,
    skippedLines: skipped,
    samples,
    checkpoints,
    hasModel: model,
  }
}

async function configOf(folder: string): Promise<RunConfig> {
  const file = join(folder, 'config.json')
  const fault = (what: string) =>
    new GankitError('cli', 'data', `${what}, expected a run directory: 'gankit runs' lists those there are`)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    const gone = ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '')
    throw fault(
      gone ? `${folder} holds no config.json` : `${file} can't be read (${(error as Error).message})`,
    )
  }
  let config: RunConfig | null
  try {
    config = JSON.parse(text)
  } catch {
    throw fault(`${file} is not JSON`)
  }
  const version: unknown = config?.version
  if (version !== 1 && version !== 2)
    throw fault(`${file} has version ${version}, and this gankit knows 1 and 2`)
  if (typeof config?.app !== 'string' || !Number.isSafeInteger(config.training?.steps))
    throw fault(`${file} names no app or no steps`)
  return config
}

async function eventsOf(run: string): Promise<EventLog> {
  try {
    return parseEvents(await readFile(join(run, 'events.jsonl'), 'utf8'))
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    // A run that has just been made has no events yet.
    if (code === 'ENOENT') return { records: [], skipped: 0 }
    throw new GankitError('cli', 'file', `${join(run, 'events.jsonl')} can't be read (${message})`)
  }
}

/** When a run began: its folder says so in its name, and a folder of another name by when it was made. */
async function beginOf(run: string): Promise<Date> {
  const parts = /^(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)/.exec(basename(run))
  if (parts) return new Date(`${parts[1]}T${parts[2]}:${parts[3]}:${parts[4]}`)
  const { birthtime, mtime } = await stat(run)
  // Not every file system keeps it.
  return birthtime.getTime() > 0 ? birthtime : mtime
}

function stateOf({ end }: History, lock: RunLock | undefined): Pick<Run, 'state' | 'why'> {
  // At the end of a run this very process asks, and still holds the lock.
  if (lock && lock.process !== process.pid)
    return { state: 'running', why: `process ${lock.process} on ${lock.host} trains it` }
  if (!end) return { state: 'interrupted' }
  const why = end.why === undefined ? {} : { why: end.why }
  if (end.reason === 'done') return { state: 'done', ...why }
  return { state: end.reason === 'failed' ? 'failed' : 'stopped', ...why }
}
