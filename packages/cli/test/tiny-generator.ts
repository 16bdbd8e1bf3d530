import type { Latent } from '@gankit/core'
import { saveGenerator } from '@gankit/inference/node'
import * as tf from '@tensorflow/tfjs'

/** A generator whose picture is its latent: number i is pixel i, of 4 × 4 gray or 4 × 4 × 3 colored ones. */
export async function saveTinyGenerator(
  folder: string,
  prior: Latent['prior'],
  channels: 1 | 3 = 1,
): Promise<void> {
  await tf.setBackend('cpu')
  const size = 16 * channels
  const input = tf.input({ shape: [size] })
  const flat = tf.layers
    .dense({ units: size, useBias: false, kernelInitializer: 'identity' })
    .apply(input) as tf.SymbolicTensor
  const output = tf.layers.reshape({ targetShape: [4, 4, channels] }).apply(flat) as tf.SymbolicTensor
  const model = tf.model({ inputs: input, outputs: output })
  await saveGenerator(folder, { model, noise: { size, prior }, sampleShape: [4, 4, channels] })
  model.dispose()
}
