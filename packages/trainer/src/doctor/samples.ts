import { forward, type Gan, GankitError, randomStream, sampleLatent } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Training } from '../training.ts'

/** Gives real samples, [n, ...sampleShape] or as many numbers. A tensor becomes the doctor's, who disposes of it. */
export type RealSamples = () => Float32Array | tf.Tensor | Promise<Float32Array | tf.Tensor>

/** Draws fakes as one would after training: same latents each time, G in inference mode, its average where there is one. */
export async function drawFakes(trainer: Training, count: number, seed: number): Promise<Float32Array> {
  const { gan, average } = trainer
  const draw = async () => {
    const fakes = tf.tidy(() =>
      forward(gan.generator, sampleLatent(gan.latent, count, randomStream(seed, 'doctor/latent'))),
    )
    try {
      return await fakes.data<'float32'>()
    } finally {
      fakes.dispose()
    }
  }
  return average ? average.during(draw) : draw()
}

/**
 * Asks for real samples and keeps at most so many of them, in random order.
 * @returns [n, size], row-major
 * @throws GankitError unless they are whole samples of the GAN's shape
 */
export async function drawReal(
  real: RealSamples,
  { sampleShape }: Gan,
  most: number,
  seed: number,
): Promise<Float32Array> {
  const given = await real()
  const all = given instanceof Float32Array ? given : await given.data<'float32'>()
  if (!(given instanceof Float32Array)) given.dispose()
  const size = tf.util.sizeFromShape([...sampleShape])
  if (all.length === 0 || all.length % size > 0)
    throw new GankitError(
      'trainer',
      'data',
      `the doctor got ${all.length} numbers of real samples, expected samples of ${sampleShape.join('×')}`,
    )
  const order = randomStream(seed, 'doctor/real')
    .permutation(all.length / size)
    .subarray(0, most)
  const kept = new Float32Array(order.length * size)
  for (const [to, from] of order.entries()) kept.set(all.subarray(from * size, (from + 1) * size), to * size)
  return kept
}
