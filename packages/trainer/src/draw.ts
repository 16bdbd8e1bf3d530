import { forward, type Latent, randomStream, sampleLatent } from '@gankit/core'
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

/** Draws samples as a generator gives them outside training; the same seed gives the same latents, whatever the count. */
export async function drawSamples(
  generator: tf.LayersModel,
  latent: Latent,
  count: number,
  seed: number,
): Promise<Drawn> {
  const random = randomStream(seed, 'samples/latent')
  const sampleShape = generator.outputs[0]!.shape.slice(1) as number[]
  const size = tf.util.sizeFromShape(sampleShape)
  const samples = new Float32Array(count * size)
  for (let from = 0; from < count; from += chunk) {
    const drawn = tf.tidy(() =>
      forward(generator, sampleLatent(latent, Math.min(chunk, count - from), random)),
    )
    samples.set(await drawn.data<'float32'>(), from * size)
    drawn.dispose()
  }
  return { samples, sampleShape, count }
}
