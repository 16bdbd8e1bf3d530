import { GankitError } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'

/**
 * @param taker who takes them, for the error
 * @param imageShape the shape of one image
 * @throws GankitError unless `images` are [n, …imageShape]
 */
export function checkShape(taker: string, images: tf.Tensor, imageShape: readonly number[]): void {
  const { shape } = images
  if (shape.length === imageShape.length + 1 && imageShape.every((side, i) => side === shape[i + 1])) return
  const [height, width] = imageShape
  // Ways of resizing differ by more than good generators do, so none is chosen here.
  const way =
    imageShape.length === 3 && shape.length === 4 && shape[3] === imageShape[2]
      ? `resize them yourself, real and fake ones alike (tf.image.resizeBilinear to ${height}×${width}; tf.avgPool first where they get smaller), or take pixels() or another extractor`
      : 'take pixels() or another extractor'
  throw new GankitError(
    'metrics',
    'data',
    `${taker} got images of shape [${shape}], expected [n, ${imageShape.join(', ')}]: ${way}`,
  )
}

/** Room for what rounding does to the ends of the range, as in resized pictures. */
const rounding = 1e-3

/** The least and the greatest number that were seen. */
export interface Extent {
  least: number
  most: number
}

/**
 * Widens `extent` by the pixels.
 * @param bounded whether they have to be in [−1, 1]
 * @throws GankitError for numbers that are not finite, and for pixels out of range
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
    if (value < extent.least) extent.least = value
    if (value > extent.most) extent.most = value
  }
  if (bounded && (extent.least < -1 - rounding || extent.most > 1 + rounding))
    throw new GankitError(
      'metrics',
      'data',
      `pixels go from ${extent.least} to ${extent.most}, expected −1 to 1: scale bytes by b / 127.5 − 1`,
    )
}

/** @throws GankitError where all pixels of all images were the same */
export function checkNotFlat({ least, most }: Extent, count: number): void {
  if (least < most) return
  throw new GankitError(
    'metrics',
    'data',
    `all ${count} images are one flat ${least}, expected pictures: the generator draws nothing, or has died`,
  )
}
