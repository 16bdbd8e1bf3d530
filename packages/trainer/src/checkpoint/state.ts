import { GankitError } from '@gankit/core'
import { checkVersion, countIn, damaged, OlderFormatError, parseObject, shown } from './damage.ts'
import type { SnapshotState } from './snapshot.ts'

/** The best state of a run so far, by what somebody measures. */
export interface BestSoFar {
  /** What is measured: 'fid'. */
  readonly metric: string
  /** A finite number, in the metric's own unit. */
  readonly value: number
  /** The step at which it was measured. */
  readonly step: number
}

/** What `state.json` holds: where the run is, the best so far, and plain data of the caller. */
export interface StateFile {
  readonly state: SnapshotState
  readonly best?: BestSoFar
  readonly config?: unknown
}

/** `state.json`. @throws GankitError for a configuration or a best that JSON can't hold */
export function encodeState({ state, best, config }: StateFile): Uint8Array {
  if (best && !Number.isFinite(best.value))
    throw new GankitError('trainer', 'option', `best.value is ${best.value}, expected a finite number`)
  checkConfig(config)
  return new TextEncoder().encode(`${JSON.stringify({ ...state, best, config }, null, 2)}\n`)
}

/** @throws GankitError unless JSON can hold a configuration */
export function checkConfig(config: unknown): void {
  try {
    // A function or a symbol gives undefined, which is no JSON either.
    if (config === undefined || JSON.stringify(config) !== undefined) return
  } catch {}
  throw new GankitError(
    'trainer',
    'option',
    `config is a ${typeof config} that JSON can't hold, expected plain data`,
  )
}

/** Reads `state.json`. @throws GankitError for anything that is not such a file */
export function decodeState(bytes: Uint8Array, path: string): StateFile {
  const file = parseObject(path, bytes)
  if (file['version'] === 2) throw new OlderFormatError(path)
  checkVersion(path, file['version'], 3)
  const count = (name: string, value: unknown) => countIn(path, name, value)
  const { best, config, learningRateScale, steeringScale, game } = file
  if (!isNumber(learningRateScale) || learningRateScale <= 0)
    throw damaged(path, `has learningRateScale ${shown(learningRateScale)}, expected a number above 0`)
  if (steeringScale !== undefined && (!isNumber(steeringScale) || steeringScale <= 0))
    throw damaged(path, `has steeringScale ${shown(steeringScale)}, expected a number above 0`)
  const positions = mapObject(path, 'positions', file['positions'], (position, name) => {
    const { epoch, batch } = objectIn(position)
    return { epoch: count(`${name}.epoch`, epoch), batch: count(`${name}.batch`, batch) }
  })
  return {
    state: {
      version: 3,
      step: count('step', file['step']),
      samplesSeen: count('samplesSeen', file['samplesSeen']),
      positions,
      updates: mapObject(path, 'updates', file['updates'], (value, name) => count(name, value)),
      rollbacks: count('rollbacks', file['rollbacks']),
      learningRateScale,
      ...(steeringScale !== undefined && { steeringScale }),
      ...(game !== undefined && { game: mapObject(path, 'game', game, readNumbers(path)) }),
    },
    ...(best !== undefined && { best: bestIn(path, best) }),
    ...(config !== undefined && { config }),
  }
}

function readNumbers(path: string) {
  return (values: unknown, name: string) =>
    mapObject(path, name, values, (value, at) => {
      if (isNumber(value)) return value
      throw damaged(path, `has ${at} ${shown(value)}, expected a number`)
    })
}

/** An object of a JSON file with each value read. @throws GankitError where it is no object */
function mapObject<Result>(
  path: string,
  name: string,
  value: unknown,
  read: (value: unknown, name: string) => Result,
): Readonly<Record<string, Result>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw damaged(path, `has ${name} ${shown(value)}, expected an object`)
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, read(each, `${name}.${key}`)]))
}

function bestIn(path: string, value: unknown): BestSoFar {
  const { metric, value: measured, step } = objectIn(value)
  if (typeof metric !== 'string' || !isNumber(measured))
    throw damaged(path, `has best ${shown(value)}, expected a metric, its value and a step`)
  return { metric, value: measured, step: countIn(path, 'best.step', step) }
}

function isNumber(value: unknown): value is number {
  return Number.isFinite(value)
}

function objectIn(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}
