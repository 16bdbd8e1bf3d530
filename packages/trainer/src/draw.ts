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
  const latentSize = latents.length / count
  const sampleShape = generator.outputs[0]!.shape.slice(1) as number[]
  const size = tf.util.sizeFromShape(sampleShape)
  const samples = new Float32Array(count * size)
  for (let from = 0; from < count; from += chunk) {
    const to = Math.min(from + chunk, count)
    const drawn = tf.tidy(() =>
      forward(
        generator,
        tf.tensor2d(latents.subarray(from * latentSize, to * latentSize), [to - from, latentSize]),
      ),
    )
    samples.set(await drawn.data<'float32'>(), from * size)
    drawn.dispose()
  }
  return { samples, sampleShape, count }
}
