import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/** The options that every layer of tfjs has: `name`, `trainable`, `inputShape` for the first layer of a model. */
export type LayerOptions = NonNullable<ConstructorParameters<typeof tf.layers.Layer>[0]>

/**
 * Checks that a layer's input is rows, [n, features].
 * @param expected features. Default: any number
 * @returns how many features there are
 * @throws GankitError for another rank or number of features
 */
export function checkRows(layer: string, shape: tf.Shape | tf.Shape[], expected?: number): number {
  const features = shape[1]
  const fits = shape.length === 2 && typeof features === 'number' && features === (expected ?? features)
  if (fits) return features
  throw new GankitError(
    'layers',
    'data',
    `${layer} got input of shape [${shape}], expected [n, ${expected ?? 'features'}]: flatten it first?`,
  )
}

/**
 * Checks that a layer's input has a batch and a channel axis, [n, ..., channels].
 * @throws GankitError for a lower rank
 */
export function checkChannels(layer: string, shape: tf.Shape): void {
  if (shape.length < 2)
    throw new GankitError(
      'layers',
      'data',
      `${layer} got input of shape [${shape}], expected [n, ..., channels]: add an axis for the batch?`,
    )
}
