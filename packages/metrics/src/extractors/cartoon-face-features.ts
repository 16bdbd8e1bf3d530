import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { type AttributeExtractor, createAttributeFeatures, createAttributeNet } from './attribute-features.ts'
import { type ConvNet, computeLayers, disposeWeights, loadShippedWeights } from './conv-net.ts'

export const cartoonFaceNet: ConvNet = createAttributeNet([16, 32, 64, 64], 65)

/**
 * A small classifier of the attributes of cartoon faces (style 'personas', [n, 64, 64, 3]) that comes with the package:
 * 128 features, and `classifyAttributes` for the attributes of `cartoonFaces`, in its order. It gives no `logits`, since
 * it has nine classifications and not one. Its weights are loaded by the call.
 * @throws GankitError when the weights are damaged, and from `extract` for images of another shape
 */
export async function cartoonFaceFeatures(): Promise<AttributeExtractor> {
  const weights = await import('./cartoon-face-weights.data.ts')
  return createAttributeFeatures('cartoon-faces', 'cartoonFaceFeatures', cartoonFaceNet, weights)
}

/** What the layers of a network that stays as it is make of images, for a loss that looks through it. */
export interface ImageLayers {
  /** @param images [n, height, width, 3] in [−1, 1], of any size. @returns what each layer gives, [n, h, w, filters], first layer first */
  layers(images: tf.Tensor): readonly tf.Tensor[]
  dispose(): void
}

/**
 * The four convolutions of `cartoonFaceFeatures`, for the term `perceptual` of @gankit/losses: each halves the size. Gradients go
 * through them to the images. A generator that learned by them is measured too kindly by metrics of the same network.
 * @throws GankitError when the weights are damaged, and from `layers` for images that have no three channels
 */
export async function cartoonFaceLayers(): Promise<ImageLayers> {
  const { halfBase64 } = await import('./cartoon-face-weights.data.ts')
  const weights = loadShippedWeights(cartoonFaceNet, halfBase64)
  return {
    layers(images) {
      if (images.rank !== 4 || images.shape[3] !== 3)
        throw new GankitError(
          'metrics',
          'data',
          `cartoonFaceLayers got images of shape [${images.shape.join(', ')}], expected [n, height, width, 3]: pictures in color`,
        )
      return computeLayers(cartoonFaceNet, weights, images as tf.Tensor4D)
    },
    dispose: () => disposeWeights(weights),
  }
}
