import {
  allWeights,
  type Batches,
  GankitError,
  type NamedWeights,
  type Position,
  trainableWeights,
} from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { NamedArray } from './safetensors.ts'
import type { Optimizers, Training } from './training.ts'

/** Where a run is, beside its arrays. */
export interface SnapshotState {
  readonly version: 2
  readonly step: number
  readonly images: number
  /** The next batch to come. */
  readonly position: Position
  /** Updates that each optimizer has made. */
  readonly updates: { readonly generator: number; readonly discriminator: number }
  /** How often the run fell back, and what the learning rates are multiplied by since. */
  readonly rollbacks: number
  readonly learningRateScale: number
}

/** Everything that a run needs to go on as if it had never stopped. Random numbers need no state: they follow from the step. */
export interface Snapshot {
  readonly state: SnapshotState
  /** 'generator/dense_1/kernel', 'average/…', 'optimizer/generator/m/…' and so on. */
  readonly arrays: ReadonlyMap<string, NamedArray>
}

/** Copies a trainer's state. */
export async function takeSnapshot(trainer: Training, batches: Batches): Promise<Snapshot> {
  const arrays = new Map<string, NamedArray>()
  for (const [name, variable] of everything(trainer))
    arrays.set(name, { shape: variable.shape, data: (await variable.data<'float32'>()).slice() })
  const { generator, discriminator } = trainer.optimizers
  return {
    state: {
      version: 2,
      step: trainer.step,
      images: trainer.images,
      position: batches.position(),
      updates: { generator: generator.updates, discriminator: discriminator.updates },
      rollbacks: trainer.rollbacks,
      learningRateScale: generator.scale,
    },
    arrays,
  }
}

/**
 * Puts a trainer where a snapshot was taken; the caller makes its batches anew from `state.position`.
 * @throws GankitError, before anything is changed, when the arrays are not those of this trainer
 */
export function restoreSnapshot(trainer: Training, { state, arrays }: Snapshot): void {
  const { generator, discriminator } = trainer.optimizers
  if (state.updates.generator > 0) generator.prepare(trainableWeights(trainer.gan.generator))
  if (state.updates.discriminator > 0) discriminator.prepare(trainableWeights(trainer.gan.discriminator))
  // An optimizer that had done nothing had no slots.
  const fresh = Object.entries(state.updates).flatMap(([player, updates]) => (updates > 0 ? [] : player))
  const own = new Map(
    [...everything(trainer)].filter(
      ([name]) => !fresh.some(player => name.startsWith(`optimizer/${player}/`)),
    ),
  )
  for (const [name, { shape }] of own) {
    const saved = arrays.get(name)?.shape
    if (String(saved) !== String(shape))
      throw new GankitError(
        'trainer',
        'data',
        `the checkpoint holds '${name}' as [${saved ?? 'nothing'}], expected [${shape}]: it is of another model`,
      )
  }
  for (const [name, variable] of own)
    tf.tidy(() => variable.assign(tf.tensor(arrays.get(name)!.data, variable.shape)))
  for (const player of fresh) trainer.optimizers[player as keyof Optimizers].dispose()
  generator.updates = state.updates.generator
  discriminator.updates = state.updates.discriminator
  trainer.rollbacks = state.rollbacks
  generator.scale = discriminator.scale = state.learningRateScale
  trainer.step = state.step
  trainer.images = state.images
}

function everything({ gan, average, optimizers }: Training): Map<string, tf.Variable> {
  const parts: Record<string, NamedWeights> = {
    generator: allWeights(gan.generator),
    discriminator: allWeights(gan.discriminator),
    ...(average && { average: average.weights }),
    'optimizer/generator': optimizers.generator.slots,
    'optimizer/discriminator': optimizers.discriminator.slots,
  }
  return new Map(
    Object.entries(parts).flatMap(([part, weights]) =>
      [...weights].map(([name, variable]): [string, tf.Variable] => [`${part}/${name}`, variable]),
    ),
  )
}
