import { forward, type Latent, latentNumbers, randomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'

/** Samples as plain numbers. */
export interface Drawn {
  /** [count, ...sampleShape], row-major. */
  readonly samples: Float32Array
  readonly sampleShape: readonly number[]
  readonly count: number
}

/** Samples that go through the generator at once. */
const chunk = 100

/** The latents that samples are drawn from for a seed; the first ones are the same, whatever the count. @returns [count, latent.size] */
export function drawLatents(latent: Latent, count: number, seed: number): Float32Array {
  return latentNumbers(latent, count, randomStream(seed, 'samples/latent'))
}

/** Draws samples as a generator gives them outside training, of the latents that `drawLatents` gives for the seed. */
export function drawSamples(
  generator: tf.LayersModel,
  latent: Latent,
  count: number,
  seed: number,
): Promise<Drawn> {
  return drawFrom(generator, drawLatents(latent, count, seed), count)
}

/**
 * What a generator makes of latents outside training.
 * @param latents [count, latent.size], row-major
 */
export async function drawFrom(
  generator: tf.LayersModel,
  latents: Float32Array,
  count: number,
): Promise<Drawn> {
  const sampleShape = generator.outputs[0]!.shape.slice(1) as number[]
  const samples = new Float32Array(count * tf.util.sizeFromShape(sampleShape))
  let at = 0
  for (const piece of drawPieces(generator, latents, count)) {
    samples.set(await piece.data<'float32'>(), at)
    at += piece.size
    piece.dispose()
  }
  return { samples, sampleShape, count }
}

/** The same a piece at a time, [n, ...sampleShape] each, which belongs to whoever takes it. */
export function* drawPieces(
  generator: tf.LayersModel,
  latents: Float32Array,
  count: number,
): Generator<tf.Tensor, void, undefined> {
  const size = latents.length / count
  for (let from = 0; from < count; from += chunk) {
    const to = Math.min(from + chunk, count)
    yield tf.tidy(() =>
      forward(generator, tf.tensor2d(latents.subarray(from * size, to * size), [to - from, size])),
    )
  }
}
