import * as tf from '@tensorflow/tfjs'
import { checkShape } from '../check-images.ts'
import type { Extractor } from '../features.ts'
import { featuresOfNet, logitsOfNet } from './conv-net.ts'
import { digitNet } from './digit-net.ts'
import { mostProbable } from './most-probable.ts'
import { disposeOf, shippedWeights } from './shipped-weights.ts'

/** An extractor with weights on the backend. */
export interface OwnedExtractor extends Extractor {
  /** Lets go of its weights. It can't be used afterwards. */
  dispose(): void
}

/**
 * A small classifier of handwritten digits that comes with the package: 128 features and 10 logits of [n, 28, 28, 1].
 * `digitsSplit` names the digits that it has never seen. Its weights are loaded at the call.
 * @throws GankitError when the weights are damaged, and from `extract` for images of another shape
 */
export async function digitFeatures(): Promise<OwnedExtractor> {
  const { halfBase64, sha256 } = await import('./digit-weights.data.ts')
  const weights = shippedWeights(digitNet, halfBase64)
  const features = (images: tf.Tensor) => {
    checkShape('digitFeatures', images, digitNet.imageShape)
    return featuresOfNet(digitNet, weights, images as tf.Tensor4D)
  }
  const attributes = [{ name: 'class', values: Array.from('0123456789') }]
  return {
    name: 'digits',
    sha256,
    imageShape: digitNet.imageShape,
    attributes,
    extract(images) {
      const seen = features(images)
      return { features: seen, logits: logitsOfNet(weights, seen) }
    },
    async attributesOf(images) {
      const logits = tf.tidy(() => logitsOfNet(weights, features(images)))
      return mostProbable(logits, attributes)
    },
    dispose: () => disposeOf(weights),
  }
}
