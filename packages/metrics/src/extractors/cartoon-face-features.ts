import type { Attribute } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkShape } from '../check-images.ts'
import { cartoonFaceNet } from './cartoon-face-net.ts'
import { featuresOfNet, logitsOfNet } from './conv-net.ts'
import type { OwnedExtractor } from './digit-features.ts'
import { disposeOf, shippedWeights } from './shipped-weights.ts'

/** Tells what a face has: hair, glasses and so on. */
export interface CartoonFaceExtractor extends OwnedExtractor {
  /** What `attributesOf` tells of each face; the attributes of `cartoonFaces`, in its order. */
  readonly attributes: readonly Attribute[]
  /**
   * The most probable value of each attribute.
   * @param images [n, 64, 64, 3] in [−1, 1]; the caller's
   * @returns [n, attributes.length], row-major: codes as those of a batch, indices into each attribute's `values`
   */
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
      const values = await logits.data<'float32'>()
      logits.dispose()
      return mostProbable(values, attributes, images.shape[0]!)
    },
    dispose: () => disposeOf(weights),
  }
}

/** @param logits [count, all values of all attributes] */
function mostProbable(logits: Float32Array, attributes: readonly Attribute[], count: number): Uint8Array {
  const codes = new Uint8Array(count * attributes.length)
  let from = 0
  for (let i = 0; i < codes.length; i++) {
    const { values } = attributes[i % attributes.length]!
    const own = logits.subarray(from, from + values.length)
    codes[i] = own.indexOf(Math.max(...own))
    from += values.length
  }
  return codes
}
