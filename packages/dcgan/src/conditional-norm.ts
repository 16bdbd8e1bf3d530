import { conditionSize, type Latent } from '@gankit/core'
import type { Link } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import type { Weights } from './weights.ts'

/**
 * Makes batch norm conditional (de Vries et al. 2017, arXiv 1707.00683): behind it each channel is multiplied by 1 plus
 * a number, and another is added, both linear in what the latent asks for. All of stock layers, so that a saved
 * generator opens without this package.
 * @returns the links that follow a batch norm of that name
 */
export function conditionalNorm(latent: Latent, weights: Weights): (norm: string) => Link[] {
  const asked = conditionSize(latent)
  if (asked === 0) return () => []
  let condition: tf.SymbolicTensor | undefined
  return norm => [
    (x, input) => {
      condition ??= lastOf(input, latent.size, asked)
      const channels = x.shape.at(-1)!
      const numbers = (what: 'gamma' | 'beta') => {
        const name = `${norm}_${what}_asked`
        const dense = tf.layers.dense({
          name,
          units: channels,
          kernelInitializer: weights.kernel(name),
          biasInitializer: what === 'gamma' ? 'ones' : 'zeros',
          useBias: what === 'gamma',
        })
        const shape = tf.layers.reshape({ name: `${name}_shape`, targetShape: [1, 1, channels] })
        return shape.apply(dense.apply(condition!)) as tf.SymbolicTensor
      }
      const scaled = tf.layers.multiply({ name: `${norm}_scaled` }).apply([x, numbers('gamma')])
      return tf.layers
        .add({ name: `${norm}_moved` })
        .apply([scaled as tf.SymbolicTensor, numbers('beta')]) as tf.SymbolicTensor
    },
  ]
}

/** The last numbers of a latent. [n, size] → [n, count] */
function lastOf(latent: tf.SymbolicTensor, size: number, count: number): tf.SymbolicTensor {
  const layers = [
    tf.layers.reshape({ name: 'asked_column', targetShape: [size, 1, 1] }),
    tf.layers.cropping2D({
      name: 'asked_last',
      cropping: [
        [size - count, 0],
        [0, 0],
      ],
    }),
    tf.layers.flatten({ name: 'asked' }),
  ]
  return layers.reduce((x, layer) => layer.apply(x) as tf.SymbolicTensor, latent)
}
