import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkShape } from '../check-images.ts'
import type { Extractor } from '../features.ts'
import { hashWeights } from './hash-weights.ts'
import { opened } from './opened-model.ts'

export interface ModelFeaturesOptions {
  /** The caller's, who disposes of it when the extractor is no longer needed. */
  readonly model: tf.LayersModel | tf.GraphModel
  /** The layer, or the node of a graph model, whose output is the features. Default: the model's own output. */
  readonly layer?: string
  /** [height, width, channels]. Default: what the model says. */
  readonly imageShape?: readonly number[]
  /** What figures call it; the layer is added. */
  readonly name: string
  /** What the model wants for black and white. Default [−1, 1]; [0, 1] for many of TF-Hub. */
  readonly range?: readonly [number, number]
}

/**
 * Features of a model of your own. It runs once on a grey image, so what doesn't fit is told here.
 * @throws GankitError for an unknown layer, more than one input, a shape of images that it doesn't say or take, and
 * an output that isn't [n, size] ([n, 1, 1, size] is taken too); later from `extract` for images of another shape
 */
export async function modelFeatures(options: ModelFeaturesOptions): Promise<Extractor> {
  const { layer, range: [low, high] = [-1, 1] } = options
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high))
    throw new GankitError(
      'metrics',
      'option',
      `range is [${low}, ${high}], expected two numbers, the lower first`,
    )
  const name = layer ? `${options.name}/${layer}` : options.name
  const { run, weights, inputShape } = opened(options.model, layer)
  const imageShape = options.imageShape ?? inputShape
  if (!imageShape)
    throw new GankitError(
      'metrics',
      'option',
      `the model of '${name}' doesn't say what images it takes, expected imageShape, [height, width, channels]`,
    )
  const extractor: Extractor = {
    name,
    sha256: await hashWeights(weights),
    imageShape,
    extract(images) {
      checkShape(name, images, imageShape)
      return { features: tf.tidy(() => asRows(name, run(scaled(images, low, high)), images.shape[0]!)) }
    },
  }
  tf.tidy(() => {
    extractor.extract(tf.zeros([1, ...imageShape]))
  })
  return extractor
}

function scaled(images: tf.Tensor, low: number, high: number): tf.Tensor {
  if (low === -1 && high === 1) return images
  return tf.add(tf.mul(images, (high - low) / 2), (high + low) / 2)
}

function asRows(name: string, output: tf.Tensor, count: number): tf.Tensor2D {
  const { shape } = output
  const single = shape.slice(1, -1).every(side => side === 1)
  if (shape.length >= 2 && shape[0] === count && single) return tf.reshape(output, [count, shape.at(-1)!])
  throw new GankitError(
    'metrics',
    'data',
    `the model of '${name}' makes [${shape}] of ${count} images, expected [${count}, size]: name a layer that gives one row an image, as behind global pooling`,
  )
}
