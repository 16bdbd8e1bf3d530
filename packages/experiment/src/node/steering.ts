import { randomUUID } from 'node:crypto'
import { lstat, rm } from 'node:fs/promises'
import { formatExpected, GankitError, parseJson } from '@gankit/core'
import { readRegularFile, writeFileAtomic } from '@gankit/core/node'
import * as v from 'valibot'
import { runFiles } from './layout.ts'

/** What whoever watches a run wants of the process that trains it: `steering.json` in the run's folder. */
export interface Steering {
  /** Which process is meant, by a name that it gave itself: what was wanted of an earlier one means nothing to it. */
  readonly session: string
  readonly paused: boolean
  /** What the learning rates are to be multiplied by. */
  readonly learningRateScale: number
  /** How many checkpoints have been asked for. */
  readonly checkpoints: number
  readonly stop: boolean
}

/** What a person may want to change. */
export interface SteeringChanges {
  readonly paused?: boolean | undefined
  readonly learningRateScale?: number | undefined
  /** A checkpoint now. */
  readonly checkpoint?: true | undefined
  /** The end, with a checkpoint. There is no way back. */
  readonly stop?: true | undefined
}

/** The steering of a run in the process that trains it. */
export interface OpenSteering {
  /** What is wanted as far as it is known; reads no file. */
  wanted(): Steering
  /** @returns when that next changes */
  changed(): Promise<void>
  /** Looks no more, and removes the file. */
  close(): Promise<void>
}

/** Milliseconds between two looks at the file. */
const lookEvery = 250
/** Bytes of the file, at most; it has some 150. */
const maxBytes = 4096
/** Factors of the learning rates that a person may choose. */
const scales = { min: 1e-3, max: 1e3 }
const scaleWords = `a number from ${scales.min} to ${scales.max}`

const factor = v.pipe(v.number(), v.finite(), v.gtValue(0))
const fileSchema = v.strictObject({
  session: v.pipe(v.string(), v.uuid()),
  paused: v.boolean(),
  learningRateScale: factor,
  checkpoints: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
  stop: v.boolean(),
})
const changesSchema = v.strictObject({
  paused: v.optional(v.boolean()),
  learningRateScale: v.optional(
    v.pipe(v.number(scaleWords), v.minValue(scales.min, scaleWords), v.maxValue(scales.max, scaleWords)),
  ),
  checkpoint: v.optional(v.literal(true)),
  stop: v.optional(v.literal(true)),
})

/** Changes that somebody sent. @throws GankitError that names what is wrong with them */
export function checkSteeringChanges(value: unknown): SteeringChanges {
  const fault = (what: string) => new GankitError('experiment', 'option', what)
  const result = v.safeParse(changesSchema, value)
  if (!result.success) {
    const [issue] = result.issues
    const { received, expected, message } = issue
    const isOwn = message === scaleWords || expected === null
    throw fault(
      `${v.getDotPath(issue) ?? 'what was sent'} is ${received}, expected ${isOwn ? message : formatExpected(expected)}`,
    )
  }
  if (Object.values(result.output).every(change => change === undefined))
    throw fault(
      'nothing was sent that could be changed, expected paused, learningRateScale, checkpoint or stop',
    )
  return result.output
}

/**
 * Lets other processes steer a run that this one trains: writes `steering.json`, and looks at it four times a second, off the
 * path of the training.
 * @param learningRateScale what the learning rates are multiplied by so far
 * @throws GankitError when the file can't be written
 */
export async function openSteering(run: string, learningRateScale = 1): Promise<OpenSteering> {
  const path = runFiles(run).steering
  let wanted: Steering = {
    session: randomUUID(),
    paused: false,
    learningRateScale,
    checkpoints: 0,
    stop: false,
  }
  await writeSteering(path, wanted)
  let waiting: (() => void)[] = []
  let seen = await identify(path)
  let looking = Promise.resolve()

  const look = async () => {
    const now = await identify(path)
    if (now === undefined || now === seen) return
    seen = now
    const next = await readSteering(run)
    if (next?.session !== wanted.session || JSON.stringify(next) === JSON.stringify(wanted)) return
    wanted = next
    const resolvers = waiting
    waiting = []
    for (const resolve of resolvers) resolve()
  }
  let isLooking = false
  // While a run stands, this timer alone keeps its process.
  const timer = setInterval(() => {
    if (isLooking) return
    isLooking = true
    looking = look()
      // A file that can't be read now may be readable at the next look.
      .catch(() => undefined)
      .finally(() => {
        isLooking = false
      })
  }, lookEvery)

  return {
    wanted: () => wanted,
    changed: () => new Promise(resolve => waiting.push(resolve)),
    async close() {
      clearInterval(timer)
      await looking
      if ((await readSteering(run))?.session === wanted.session)
        await rm(path, { force: true }).catch(() => undefined)
    },
  }
}

/** What is wanted of the process that trains a run; undefined where nothing is there that says so. Throws nothing. */
export async function readSteering(run: string): Promise<Steering | undefined> {
  const path = runFiles(run).steering
  try {
    if (!(await lstat(path)).isFile()) return undefined
    const result = v.safeParse(
      fileSchema,
      parseJson(String(await readRegularFile(path, { within: run, maxBytes }))),
    )
    return result.success ? result.output : undefined
  } catch {
    return undefined
  }
}

/**
 * Asks the process that trains a run for something.
 * @returns what is wanted of it now
 * @throws GankitError where no process listens, or the file can't be written
 */
export async function changeSteering(
  run: string,
  { paused, learningRateScale, checkpoint, stop }: SteeringChanges,
): Promise<Steering> {
  const before = await readSteering(run)
  if (!before)
    throw new GankitError(
      'experiment',
      'state',
      `no process that trains ${run} listens, expected one: it has ended, or began with an earlier gankit`,
    )
  const wanted: Steering = {
    ...before,
    paused: paused ?? before.paused,
    learningRateScale: learningRateScale ?? before.learningRateScale,
    checkpoints: before.checkpoints + (checkpoint ? 1 : 0),
    stop: before.stop || stop === true,
  }
  await writeSteering(runFiles(run).steering, wanted)
  return wanted
}

function writeSteering(path: string, steering: Steering): Promise<void> {
  return writeFileAtomic(path, `${JSON.stringify(steering)}\n`)
}

/** What tells one writing of the file from another; undefined for what is no file. */
async function identify(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined)
  return found?.isFile() ? `${found.ino} ${found.size} ${found.mtimeMs}` : undefined
}
