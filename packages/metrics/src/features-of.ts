import { GankitError, yieldToHost } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { checkNotFlat, checkPixels, checkShape } from './check-images.ts'
import { checkWhole } from './feature-rows.ts'
import type { Extractor, Features, Images } from './features.ts'
import { inBatches } from './in-batches.ts'

export interface FeaturesOptions {
  /** Images that go through the extractor at once. Default 250. */
  readonly batch?: number
  /** Exactly so many images, the first ones. Default: all there are. */
  readonly count?: number
}

/**
 * What an extractor sees in images, in their order. Pieces are disposed of, and the host gets its turn after each
 * batch, so a tab stays alive.
 * @param images pieces [n, …], pictures of rank 4 in [−1, 1]; each is taken over
 * @throws GankitError for NaN or infinite pixels, pictures out of range, pictures that are all the same flat colour,
 * shapes that change or that the extractor doesn't take, no images, fewer than `count`, and features that aren't finite
 */
export async function featuresOf(
  images: Images,
  extractor: Extractor,
  { batch = 250, count }: FeaturesOptions = {},
): Promise<Features> {
  checkWhole('batch', batch, 1)
  if (count !== undefined) checkWhole('count', count, 1)
  const features: Float32Array[] = []
  const logits: Float32Array[] = []
  const extent = { least: Infinity, most: -Infinity }
  let [found, size] = [0, 0]
  for await (const piece of inBatches(images, batch, count)) {
    try {
      if (extractor.imageShape) checkShape(extractor.name, piece, extractor.imageShape)
      // Points of a distribution are no pictures, and may lie anywhere.
      checkPixels(await piece.data(), piece.rank === 4, extent)
      const row = await taken(extractor, piece)
      features.push(row.features)
      if (row.logits) logits.push(row.logits)
      size = row.features.length / piece.shape[0]!
      found += piece.shape[0]!
    } finally {
      piece.dispose()
    }
    await yieldToHost()
  }
  if (found < (count ?? 1))
    throw new GankitError(
      'metrics',
      'data',
      `there are ${found} images, expected ${count ?? 'at least 1'}: bring more, or ask for fewer`,
    )
  checkNotFlat(extent, found)
  return {
    values: joined(features),
    count: found,
    size,
    ...(logits.length > 0 && { logits: joined(logits) }),
  }
}

async function taken(extractor: Extractor, images: tf.Tensor) {
  const { features, logits } = extractor.extract(images)
  try {
    const values = await features.data<'float32'>()
    if (!values.every(Number.isFinite))
      throw new GankitError(
        'metrics',
        'data',
        `${extractor.name} gives features that aren't finite, expected numbers: look at its weights and the range of images that it wants`,
      )
    return { features: values, ...(logits && { logits: await logits.data<'float32'>() }) }
  } finally {
    features.dispose()
    logits?.dispose()
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
