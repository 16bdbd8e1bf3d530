import { conditionSize } from '@gankit/core'
import { chain, conditionInput, maxout, projection, seededDropout, twoClassLogit } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { dense, kernelInitializer, type Place } from './dense.ts'
import type { DenseDiscriminator, Resolved } from './options.ts'

/**
 * The discriminator, D(x) or D(x, c): [n, ...sampleShape], [n, c] → logits [n, 1]. A condition comes in at the end, by
 * projection.
 */
export function buildDiscriminator(options: Resolved): tf.LayersModel {
  const { condition, sampleShape, seed } = options
  const { head, inputRange, initialization } = options.discriminator
  const place: Place = { role: 'discriminator', seed }
  const features = [
    // tfjs' flatten refuses what is flat already, as points are.
    ...(sampleShape.length > 1 ? [tf.layers.flatten({ name: 'flatten' })] : []),
    ...(inputRange === '[0, 1]'
      ? [tf.layers.rescaling({ name: 'from_range', scale: 0.5, offset: 0.5 })]
      : []),
    ...hiddenLayers(options.discriminator, place),
  ]
  const logit =
    head === 'softmax'
      ? [dense('dense_output', 2, place, initialization), twoClassLogit({ name: 'logit' })]
      : [dense('dense_output', 1, place, initialization)]
  if (!condition) return chain('discriminator', sampleShape, [...features, ...logit])
  const input = conditionInput(condition)
  const name = 'condition_projection'
  const embedding = tf.layers.dense({
    name,
    units: conditionSize(condition),
    useBias: false,
    kernelInitializer: kernelInitializer(name, place, initialization),
  })
  return chain(
    'discriminator',
    sampleShape,
    [...features, projection({ condition: input, logit, embedding })],
    input,
  )
}

function hiddenLayers(options: Required<DenseDiscriminator>, place: Place): tf.layers.Layer[] {
  const { hidden, activation, pieces, dropout, initialization } = options
  const drop = (name: string, rate = 0) => (rate > 0 ? [seededDropout({ name, rate, seed: place.seed })] : [])
  const layers = hidden.flatMap((units, index) => {
    const n = index + 1
    const name = activation === 'maxout' ? `maxout_${n}` : `dense_${n}`
    const layer =
      activation === 'maxout'
        ? [maxout({ name, units, pieces, kernelInitializer: kernelInitializer(name, place, initialization) })]
        : [
            dense(name, units, place, initialization),
            activation === 'relu'
              ? tf.layers.reLU({ name: `relu_${n}` })
              : tf.layers.leakyReLU({ name: `leaky_relu_${n}`, alpha: 0.2 }),
          ]
    return [...layer, ...drop(`dropout_${n}`, dropout.hidden)]
  })
  return [...drop('dropout_input', dropout.input), ...layers]
}
