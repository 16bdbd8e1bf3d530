import { GankitError } from '@gankit/core'
import type { SnapshotState } from '../snapshot.ts'
import { checkVersion, countIn, damaged, parseObject, shown } from './damage.ts'

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
  checkVersion(path, file['version'], 2)
  const count = (name: string, value: unknown) => countIn(path, name, value)
  const position = objectIn(file['position'])
  const updates = objectIn(file['updates'])
  const { best, config, learningRateScale } = file
  if (!isNumber(learningRateScale) || learningRateScale <= 0)
    throw damaged(path, `has learningRateScale ${shown(learningRateScale)}, expected a number above 0`)
  return {
    state: {
      version: 2,
      step: count('step', file['step']),
      images: count('images', file['images']),
      position: {
        epoch: count('position.epoch', position['epoch']),
        batch: count('position.batch', position['batch']),
      },
      updates: {
        generator: count('updates.generator', updates['generator']),
        discriminator: count('updates.discriminator', updates['discriminator']),
      },
      rollbacks: count('rollbacks', file['rollbacks']),
      learningRateScale,
    },
    ...(best !== undefined && { best: bestIn(path, best) }),
    ...(config !== undefined && { config }),
  }
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
