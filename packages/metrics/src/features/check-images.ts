import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * @param extractor the extractor's name, for the error
 * @param imageShape the shape of one image
 * @throws GankitError unless `images` are [n, …imageShape]
 */
export function checkShape(extractor: string, images: tf.Tensor, imageShape: readonly number[]): void {
  const { shape } = images
  if (shape.length === imageShape.length + 1 && imageShape.every((side, i) => side === shape[i + 1])) return
  const [height, width] = imageShape
  // Ways of resizing differ by more than good generators do, so none is chosen here.
  const advice =
    imageShape.length === 3 && shape.length === 4 && shape[3] === imageShape[2]
      ? `resize them yourself, real and fake ones alike (tf.image.resizeBilinear to ${height}×${width}; tf.avgPool first where they get smaller), or take pixels() or another extractor`
      : 'take pixels() or another extractor'
  throw new GankitError(
    'metrics',
    'data',
    `${extractor} got images of shape [${shape}], expected [n, ${imageShape.join(', ')}]: ${advice}`,
  )
}

/** How far pixels may leave [−1, 1]: resizing rounds the ends of the range. */
const rangeTolerance = 1e-3

/** The least and the greatest pixel so far. */
interface Extent {
  min: number
  max: number
}

/**
 * Widens `extent` by the pixels.
 * @param bounded whether pixels must be in [−1, 1]
 * @throws GankitError for pixels that are not finite or, where `bounded`, out of range
 */
export function checkPixels(values: ArrayLike<number>, bounded: boolean, extent: Extent): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!
    if (!Number.isFinite(value))
      throw new GankitError(
        'metrics',
        'data',
        `there is ${value} among the pixels, expected finite numbers: the generator has diverged, or a picture was divided by 0`,
      )
    if (value < extent.min) extent.min = value
    if (value > extent.max) extent.max = value
  }
  if (bounded && (extent.min < -1 - rangeTolerance || extent.max > 1 + rangeTolerance))
    throw new GankitError(
      'metrics',
      'data',
      `pixels go from ${extent.min} to ${extent.max}, expected −1 to 1: scale bytes by b / 127.5 − 1`,
    )
}

/** @throws GankitError where all pixels of all images are the same */
export function checkNotFlat({ min, max }: Extent, count: number): void {
  if (min < max) return
  throw new GankitError(
    'metrics',
    'data',
    `all ${count} images are one flat ${min}, expected pictures: the generator draws nothing, or has died`,
  )
}
