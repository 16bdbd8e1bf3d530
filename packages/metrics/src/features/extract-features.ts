import { checkInteger, GankitError, yieldToHost } from '@gankit/core'
import type * as tf from '@tensorflow/tfjs'
import { checkNotFlat, checkPixels, checkShape } from './check-images.ts'
import type { Extractor, Features, Images } from './features.ts'
import { rebatch } from './rebatch.ts'

interface ExtractFeaturesOptions {
  /** Images that go through the extractor at once. Default 250. */
  readonly batch?: number
  /** The exact number of images to take, the first ones. Default: all. */
  readonly count?: number
}

/**
 * Runs images through an extractor, in their order. The images are disposed of, and the host gets its turn after each
 * batch, so that a tab stays alive.
 * @param images pieces [n, …], pictures of rank 4 in [−1, 1]
 * @throws GankitError for NaN or infinite pixels, pictures out of range, pictures that are all the same flat color,
 * shapes that change or that the extractor doesn't take, no images, fewer than `count`, and features that aren't finite
 */
export async function extractFeatures(
  images: Images,
  extractor: Extractor,
  { batch = 250, count }: ExtractFeaturesOptions = {},
): Promise<Features> {
  checkInteger('metrics', 'batch', batch, 1)
  if (count !== undefined) checkInteger('metrics', 'count', count, 1)
  const features: Float32Array[] = []
  const logits: Float32Array[] = []
  const extent = { min: Infinity, max: -Infinity }
  let [found, size] = [0, 0]
  for await (const piece of rebatch(images, batch, count)) {
    try {
      if (extractor.imageShape) checkShape(extractor.name, piece, extractor.imageShape)
      // Points of a distribution are no pictures, and may lie anywhere.
      checkPixels(await piece.data(), piece.rank === 4, extent)
      const extracted = await extractBatch(extractor, piece)
      features.push(extracted.features)
      if (extracted.logits) logits.push(extracted.logits)
      size = extracted.features.length / piece.shape[0]!
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
    values: concatenate(features),
    count: found,
    size,
    ...(logits.length > 0 && { logits: concatenate(logits) }),
  }
}

async function extractBatch(extractor: Extractor, images: tf.Tensor) {
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

function concatenate(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const part of parts) {
    whole.set(part, at)
    at += part.length
  }
  return whole
}
