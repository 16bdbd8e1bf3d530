import { allWeights, type Batches, GankitError, type NamedWeights, type Position } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { SavedState } from '../game/game.ts'
import type { DataStreams } from '../game/step.ts'
import { scaleLearningRates, type Training } from '../training.ts'
import type { NamedArray } from './safetensors.ts'

/** Where a run is, beside its arrays. */
export interface SnapshotState {
  readonly version: 3
  readonly step: number
  readonly samplesSeen: number
  /** The next batch of each stream of data, by its name. */
  readonly positions: Readonly<Record<string, Position>>
  /** Updates that each player's optimizer has made. */
  readonly updates: Readonly<Record<string, number>>
  /** Rollbacks so far, and what the learning rates are multiplied by since. */
  readonly rollbacks: number
  readonly learningRateScale: number
  /** What whoever steers the run multiplies them by; left out where it is 1. */
  readonly steeringScale?: number
  /** What the game keeps beside weights and arrays, by the name of its state; left out where it keeps nothing. */
  readonly game?: Readonly<Record<string, SavedState['values']>>
}

/** Everything that a run needs to go on as if it had never stopped. Random numbers need no state: they follow from the step. */
export interface Snapshot {
  readonly state: SnapshotState
  /** 'generator/dense_1/kernel', 'average/generator/…', 'optimizer/generator/m/…', 'state/<name>/…' and so on. */
  readonly arrays: ReadonlyMap<string, NamedArray>
}

/** Copies a trainer's state. */
export async function takeSnapshot(trainer: Training, data: DataStreams): Promise<Snapshot> {
  const { game } = trainer
  const arrays = new Map<string, NamedArray>()
  for (const [name, variable] of collectVariables(trainer))
    arrays.set(name, { shape: variable.shape, data: (await variable.data()).slice() as NamedArray['data'] })
  const values: Record<string, SavedState['values']> = {}
  for (const [name, state] of Object.entries(game.state ?? {})) {
    const saved = await state.save()
    values[name] = saved.values
    for (const [array, content] of saved.arrays) arrays.set(`state/${name}/${array}`, content)
  }
  const players = Object.entries(game.players)
  return {
    state: {
      version: 3,
      step: trainer.step,
      samplesSeen: trainer.samplesSeen,
      positions: mapValues(data, (stream: Batches) => stream.position()),
      updates: Object.fromEntries(players.map(([name, { optimizer }]) => [name, optimizer.updates])),
      rollbacks: trainer.rollbacks,
      learningRateScale: trainer.learningRateScales.rollbacks,
      ...describeSteering(trainer),
      ...(game.state && { game: values }),
    },
    arrays,
  }
}

/** What a snapshot says of steering: the factor that a person chose belongs to the run now, whenever its arrays were copied. */
export function describeSteering({
  learningRateScales: { steering },
}: Training): Pick<SnapshotState, 'steeringScale'> {
  return steering === 1 ? {} : { steeringScale: steering }
}

/**
 * Puts a trainer where a snapshot was taken; the caller makes its batches anew from `state.positions`.
 * @throws GankitError, before anything is changed, when the snapshot is of another game
 */
export function restoreSnapshot(trainer: Training, { state, arrays }: Snapshot): void {
  const { game } = trainer
  const players = Object.entries(game.players)
  checkNames('player', Object.keys(state.updates), Object.keys(game.players))
  checkNames('state', Object.keys(state.game ?? {}), Object.keys(game.state ?? {}))
  for (const [name, { optimizer, weights }] of players)
    if (state.updates[name]! > 0) optimizer.prepare(weights)
  // An optimizer that had made no update had no slots.
  const fresh = players.filter(([name]) => state.updates[name] === 0)
  const own = [...collectVariables(trainer)].filter(
    ([name]) => !fresh.some(([player]) => name.startsWith(`optimizer/${player}/`)),
  )
  for (const [name, { shape }] of own) {
    const saved = arrays.get(name)?.shape
    if (String(saved) !== String(shape)) throw otherModel(name, saved, shape)
  }
  for (const [name, kept] of Object.entries(game.state ?? {}))
    kept.restore({ arrays: selectArrays(arrays, `state/${name}/`), values: state.game?.[name] ?? {} })
  for (const [name, variable] of own)
    tf.tidy(() => variable.assign(tf.tensor(arrays.get(name)!.data, variable.shape)))
  for (const [, { optimizer }] of fresh) optimizer.dispose()
  for (const [name, { optimizer }] of players) optimizer.updates = state.updates[name]!
  scaleLearningRates(trainer, { rollbacks: state.learningRateScale, steering: state.steeringScale ?? 1 })
  trainer.rollbacks = state.rollbacks
  trainer.step = state.step
  trainer.samplesSeen = state.samplesSeen
}

function checkNames(what: string, saved: readonly string[], own: readonly string[]): void {
  const sorted = (names: readonly string[]) => [...names].sort().join(', ') || 'none'
  if (sorted(saved) !== sorted(own))
    throw new GankitError(
      'trainer',
      'data',
      `the checkpoint is of ${what}s ${sorted(saved)}, expected ${sorted(own)}: it is of another game`,
    )
}

function otherModel(
  name: string,
  saved: readonly number[] | undefined,
  shape: readonly number[],
): GankitError {
  return new GankitError(
    'trainer',
    'data',
    `the checkpoint holds '${name}' as [${saved ?? 'nothing'}], expected [${shape}]: it is of another model`,
  )
}

function selectArrays(
  arrays: ReadonlyMap<string, NamedArray>,
  prefix: string,
): ReadonlyMap<string, NamedArray> {
  return new Map(
    [...arrays].flatMap(([name, array]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), array]] : [],
    ),
  )
}

/** Every variable that training changes, by its name in a snapshot. */
function collectVariables({ game, averages }: Training): Map<string, tf.Variable> {
  const parts: Record<string, NamedWeights> = {
    ...mapValues(game.networks, allWeights),
    ...prefixKeys(
      'average',
      mapValues(averages, ({ weights }) => weights),
    ),
    ...prefixKeys(
      'optimizer',
      mapValues(game.players, ({ optimizer }) => optimizer.slots),
    ),
  }
  return new Map(
    Object.entries(parts).flatMap(([part, weights]) =>
      [...weights].map(([name, variable]): [string, tf.Variable] => [`${part}/${name}`, variable]),
    ),
  )
}

function mapValues<Value, Result>(
  record: Readonly<Record<string, Value>>,
  map: (value: Value) => Result,
): Record<string, Result> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, map(value)]))
}

function prefixKeys<Value>(prefix: string, record: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [`${prefix}/${name}`, value]))
}
