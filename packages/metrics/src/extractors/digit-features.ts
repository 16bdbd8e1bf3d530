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

/** After LeNet (LeCun et al. 1998): three small convolutions, 28 → 14 → 7 → 3 pixels a side, and two dense layers. */
export const digitNet: ConvNet = {
  imageShape: [28, 28, 1],
  convolutions: [
    { filters: 16, window: 3, stride: 1, pool: true },
    { filters: 32, window: 3, stride: 1, pool: true },
    { filters: 64, window: 3, stride: 1, pool: true },
  ],
  features: 128,
  logits: 10,
}

/** A range of the embedded digits, in the order of `mnist()` without shuffling: `from`, included, to `to`, excluded. */
interface DigitsRange {
  readonly from: number
  readonly to: number
}

/**
 * The part of the 10,000 embedded digits that `digitFeatures` was trained on, and the part that was held out. The digits
 * were shuffled once before they were embedded, so both are mixtures of all classes: the held-out part has between 18.5%
 * and 21.7% of each.
 */
export const digitsSplit: { readonly trained: DigitsRange; readonly heldOut: DigitsRange } = {
  trained: { from: 0, to: 8000 },
  heldOut: { from: 8000, to: 10_000 },
}

/**
 * A small classifier of handwritten digits that comes with the package: 128 features and 10 logits of [n, 28, 28, 1].
 * `digitsSplit` names the digits that it was not trained on. Its weights are loaded by the call.
 * @throws GankitError when the weights are damaged, and from `extract` for images of another shape
 */
export async function digitFeatures(): Promise<DisposableExtractor> {
  const { halfBase64, sha256 } = await import('./digit-weights.data.ts')
  const weights = loadShippedWeights(digitNet, halfBase64)
  const attributes = [{ name: 'class', values: Array.from('0123456789') }]
  const compute = (images: tf.Tensor) => {
    checkShape('digitFeatures', images, digitNet.imageShape)
    return computeFeatures(digitNet, weights, images as tf.Tensor4D)
  }
  return {
    name: 'digits',
    sha256,
    imageShape: digitNet.imageShape,
    attributes,
    extract(images) {
      const features = compute(images)
      return { features, logits: computeLogits(weights, features) }
    },
    async classifyAttributes(images) {
      const logits = tf.tidy(() => computeLogits(weights, compute(images)))
      return classifyLogits(logits, attributes)
    },
    dispose: () => disposeWeights(weights),
  }
}
