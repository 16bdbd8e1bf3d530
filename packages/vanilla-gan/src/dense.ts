import { createInitializer, type Initialization, type Initializer } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'

/** The network of a layer, and its seed: with the name of the layer they make its first weights different from all others. */
export interface Place {
  readonly role: 'generator' | 'discriminator'
  readonly seed: number
}

/** The initialiser of one layer's kernel. */
export function kernelInitializer(layer: string, { role, seed }: Place, how: Initialization): Initializer {
  return createInitializer(how, { seed, purpose: `vanilla-gan/${role}/${layer}/kernel` })
}

/** A dense layer, [n, in] → [n, units], whose weights are `name/kernel` and `name/bias`. */
export function dense(
  name: string,
  units: number,
  place: Place,
  how: Initialization = { name: 'glorot' },
  activation: 'linear' | 'tanh' | 'sigmoid' = 'linear',
): tf.layers.Layer {
  return tf.layers.dense({ name, units, activation, kernelInitializer: kernelInitializer(name, place, how) })
}
