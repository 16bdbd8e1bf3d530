import type { Link } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import type { Weights } from './weights.ts'

/**
 * Makes a normalisation conditional (conditional batch norm, de Vries et al. 2017, arXiv 1707.00683): each channel of
 * its output is multiplied by γ(c), and β(c) is added, both linear in the condition c. γ(c) starts near 1 and β(c) near 0.
 *
 *     h ← norm(h)·γ(c) + β(c)
 *
 * Behind the layer `norm` it makes `norm_conditional_gamma`, `norm_conditional_beta` (both dense), `norm_conditional_scale` and
 * `norm_conditional_shift`. All are stock layers, so that a saved generator opens without this package.
 *
 * [n, height, width, channels], [n, c] → [n, height, width, channels]
 */
export function conditionalNormalization(norm: string, condition: tf.SymbolicTensor, weights: Weights): Link {
  return x => {
    const channels = x.shape.at(-1)!
    const perChannel = (dense: tf.layers.Layer) =>
      tf.layers
        .reshape({ name: `${dense.name}_shape`, targetShape: [1, 1, channels] })
        .apply(dense.apply(condition)) as tf.SymbolicTensor
    const name = (layer: string) => `${norm}_conditional_${layer}`
    const gamma = tf.layers.dense({
      name: name('gamma'),
      units: channels,
      kernelInitializer: weights.kernel(name('gamma')),
      biasInitializer: 'ones',
    })
    const beta = tf.layers.dense({
      name: name('beta'),
      units: channels,
      kernelInitializer: weights.kernel(name('beta')),
      useBias: false,
    })
    const scaled = tf.layers.multiply({ name: name('scale') }).apply([x, perChannel(gamma)])
    return tf.layers
      .add({ name: name('shift') })
      .apply([scaled as tf.SymbolicTensor, perChannel(beta)]) as tf.SymbolicTensor
  }
}
