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

/** Four convolutions, 64 → 32 → 16 → 8 → 4 pixels a side; the logits of all attributes stand beside one another. */
export const cartoonFaceNet: ConvNet = {
  imageShape: [64, 64, 3],
  convolutions: [
    { filters: 16, window: 5, stride: 2 },
    { filters: 32, window: 3, stride: 2 },
    { filters: 64, window: 3, stride: 2 },
    { filters: 64, window: 3, stride: 2 },
  ],
  features: 128,
  logits: 65,
}

/**
 * A small classifier of the attributes of cartoon faces (style 'personas', [n, 64, 64, 3]) that comes with the package:
 * 128 features, and `classifyAttributes` for the attributes of `cartoonFaces`, in its order. It gives no `logits`, since
 * it has nine classifications and not one. Its weights are loaded by the call.
 * @throws GankitError when the weights are damaged, and from `extract` for images of another shape
 */
export async function cartoonFaceFeatures(): Promise<
  DisposableExtractor & Required<Pick<DisposableExtractor, 'attributes' | 'classifyAttributes'>>
> {
  const { halfBase64, sha256, attributes } = await import('./cartoon-face-weights.data.ts')
  const weights = loadShippedWeights(cartoonFaceNet, halfBase64)
  const compute = (images: tf.Tensor) => {
    checkShape('cartoonFaceFeatures', images, cartoonFaceNet.imageShape)
    return computeFeatures(cartoonFaceNet, weights, images as tf.Tensor4D)
  }
  return {
    name: 'cartoon-faces',
    sha256,
    imageShape: cartoonFaceNet.imageShape,
    attributes,
    extract: images => ({ features: compute(images) }),
    async classifyAttributes(images) {
      const logits = tf.tidy(() => computeLogits(weights, compute(images)))
      return classifyLogits(logits, attributes)
    },
    dispose: () => disposeWeights(weights),
  }
}
