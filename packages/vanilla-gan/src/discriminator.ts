import { conditionSize } from '@gankit/core'
import { chain, maxout, seededDropout, twoClassLogit } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { dense, kernelOf, type Place } from './dense.ts'
import type { Resolved } from './options.ts'

/** The discriminator: [n, ...sampleShape] → [n, 1] logits, behind them a number for each value that can be asked for. */
export function buildDiscriminator({ discriminator, latent, sampleShape, seed }: Resolved): tf.LayersModel {
  const { hidden, activation, pieces, dropout, head, inputRange, initialization } = discriminator
  const place: Place = { role: 'discriminator', seed }
  const drop = (name: string, rate = 0) => (rate > 0 ? [seededDropout({ name, rate, seed })] : [])
  const body = hidden.flatMap((units, index) => {
    const n = index + 1
    const name = activation === 'maxout' ? `maxout_${n}` : `dense_${n}`
    const layers =
      activation === 'maxout'
        ? [maxout({ name, units, pieces, kernelInitializer: kernelOf(name, place, initialization) })]
        : [
            dense(name, units, place, initialization),
            tf.layers.leakyReLU({ name: `leaky_relu_${n}`, alpha: 0.2 }),
          ]
    return [...layers, ...drop(`dropout_${n}`, dropout.hidden)]
  })
  const verdict =
    head === 'softmax'
      ? [dense('dense_output', 2, place, initialization), twoClassLogit({ name: 'logit' })]
      : [dense('dense_output', 1 + conditionSize(latent), place, initialization)]
  return chain(
    'discriminator',
    [...sampleShape],
    [
      // tfjs' flatten refuses what is flat already, as points are.
      ...(sampleShape.length > 1 ? [tf.layers.flatten({ name: 'flatten' })] : []),
      ...(inputRange === '[0, 1]'
        ? [tf.layers.rescaling({ name: 'from_range', scale: 0.5, offset: 0.5 })]
        : []),
      ...drop('dropout_input', dropout.input),
      ...body,
      ...verdict,
    ],
  )
}
