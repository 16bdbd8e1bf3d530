import type { Attribute } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkShape } from '../check-images.ts'
import { cartoonFaceNet } from './cartoon-face-net.ts'
import { featuresOfNet, logitsOfNet } from './conv-net.ts'
import type { OwnedExtractor } from './digit-features.ts'
import { mostProbable } from './most-probable.ts'
import { disposeOf, shippedWeights } from './shipped-weights.ts'

/** Tells what a face has: hair, glasses and so on. */
export interface CartoonFaceExtractor extends OwnedExtractor {
  /** The attributes of `cartoonFaces`, in its order. */
  readonly attributes: readonly Attribute[]
  attributesOf(images: tf.Tensor): Promise<Uint8Array>
}

/**
 * A small classifier of the attributes of cartoon faces (style 'personas', 64×64) that comes with the package: 128
 * features. It gives no `logits`, since it tells nine things at once. Its weights are loaded at the call.
 * @throws GankitError when the weights are damaged, and later for images of another shape
 */
export async function cartoonFaceFeatures(): Promise<CartoonFaceExtractor> {
  const { halfBase64, sha256, attributes } = await import('./cartoon-face-weights.data.ts')
  const weights = shippedWeights(cartoonFaceNet, halfBase64)
  const features = (images: tf.Tensor) => {
    checkShape('cartoonFaceFeatures', images, cartoonFaceNet.imageShape)
    return featuresOfNet(cartoonFaceNet, weights, images as tf.Tensor4D)
  }
  return {
    name: 'cartoon-faces',
    sha256,
    imageShape: cartoonFaceNet.imageShape,
    attributes,
    extract: images => ({ features: features(images) }),
    async attributesOf(images) {
      const logits = tf.tidy(() => logitsOfNet(weights, features(images)))
      return mostProbable(logits, attributes)
    },
    dispose: () => disposeOf(weights),
  }
}
