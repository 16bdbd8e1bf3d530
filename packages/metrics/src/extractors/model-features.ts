import { GankitError, sha256 } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkShape } from '../features/check-images.ts'
import type { Extractor } from '../features/features.ts'
import { openModel } from './open-model.ts'

interface ModelFeaturesOptions {
  /** Belongs to the caller, who disposes of it when the extractor is no longer needed. */
  readonly model: tf.LayersModel | tf.GraphModel
  /** The layer, or the node of a graph model, whose output is the features. Default: the model's own output. */
  readonly layer?: string
  /** [height, width, channels]. Default: the input shape that the model declares. */
  readonly imageShape?: readonly number[]
  /** The extractor's name in metric values; the layer's name is appended. */
  readonly name: string
  /** The numbers that the model expects for black and white. Default [−1, 1]; [0, 1] for many models of TF-Hub. */
  readonly range?: readonly [number, number]
}

/**
 * An extractor from a model of your own. The model runs once on a gray image, so that a model that doesn't fit fails here.
 * @throws GankitError for an unknown layer, more than one input, a shape of images that the model neither declares nor
 * takes, and an output that isn't [n, size] ([n, 1, 1, size] is taken too); from `extract` for images of another shape
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
  const { run, weights, inputShape } = openModel(options.model, layer)
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
      return { features: tf.tidy(() => toRows(name, run(scale(images, low, high)), images.shape[0]!)) }
    },
  }
  tf.tidy(() => {
    extractor.extract(tf.zeros([1, ...imageShape]))
  })
  return extractor
}

/** From [−1, 1] to [low, high]. */
function scale(images: tf.Tensor, low: number, high: number): tf.Tensor {
  if (low === -1 && high === 1) return images
  return tf.add(tf.mul(images, (high - low) / 2), (high + low) / 2)
}

function toRows(name: string, output: tf.Tensor, count: number): tf.Tensor2D {
  const { shape } = output
  const single = shape.slice(1, -1).every(side => side === 1)
  if (shape.length >= 2 && shape[0] === count && single) return tf.reshape(output, [count, shape.at(-1)!])
  throw new GankitError(
    'metrics',
    'data',
    `the model of '${name}' makes [${shape}] of ${count} images, expected [${count}, size]: name a layer that gives one row per image, as behind global pooling`,
  )
}

/** SHA-256 over the weights in the order given: of each its name, its shape and its bytes. */
async function hashWeights(weights: readonly (readonly [string, tf.Tensor])[]): Promise<string> {
  const parts: BlobPart[] = []
  for (const [name, weight] of weights) {
    const values = await weight.data()
    parts.push(`${name}[${weight.shape}]\0`)
    parts.push(new Uint8Array(values.buffer as ArrayBuffer, values.byteOffset, values.byteLength))
  }
  return sha256(new Blob(parts))
}
