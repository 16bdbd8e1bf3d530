import type { Attribute } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkShape } from '../features/check-images.ts'
import type { DisposableExtractor } from '../features/features.ts'
import {
  type ConvNet,
  classifyLogits,
  computeFeatures,
  computeLogits,
  disposeWeights,
  loadShippedWeights,
} from './conv-net.ts'

/** An extractor that tells attributes, and has no `logits`, since it has several classifications and not one. */
export type AttributeExtractor = DisposableExtractor &
  Required<Pick<DisposableExtractor, 'attributes' | 'classifyAttributes'>>

/** A module of weights, as scripts/train-attributes.ts writes it. */
export interface AttributeWeights {
  readonly halfBase64: string
  readonly sha256: string
  readonly attributes: readonly Attribute[]
}

/**
 * The network that tells the attributes of pictures in color, 64 pixels a side: four convolutions, 64 → 32 → 16 → 8 → 4 pixels;
 * the logits of all attributes stand beside one another.
 * @param filters of each convolution
 * @param logits the number of all values of all attributes
 */
export function createAttributeNet(
  filters: readonly [number, number, number, number],
  logits: number,
): ConvNet {
  return {
    imageShape: [64, 64, 3],
    convolutions: filters.map((count, i) => ({ filters: count, window: i === 0 ? 5 : 3, stride: 2 })),
    features: 128,
    logits,
  }
}

/**
 * Makes an extractor of shipped weights.
 * @param caller the function that errors name
 * @throws GankitError when the weights are damaged, and from `extract` for images of another shape
 */
export function createAttributeFeatures(
  name: string,
  caller: string,
  net: ConvNet,
  { halfBase64, sha256, attributes }: AttributeWeights,
): AttributeExtractor {
  const weights = loadShippedWeights(net, halfBase64)
  const compute = (images: tf.Tensor) => {
    checkShape(caller, images, net.imageShape)
    return computeFeatures(net, weights, images as tf.Tensor4D)
  }
  return {
    name,
    sha256,
    imageShape: net.imageShape,
    attributes,
    extract: images => ({ features: compute(images) }),
    async classifyAttributes(images) {
      const logits = tf.tidy(() => computeLogits(weights, compute(images)))
      return classifyLogits(logits, attributes)
    },
    dispose: () => disposeWeights(weights),
  }
}
