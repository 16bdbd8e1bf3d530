import { conditionSize } from '@gankit/core'
import {
  chain,
  downBlock,
  minibatchStandardDeviation,
  seededDropout,
  selfAttention,
  spectralNormalization,
} from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { filtersAt, type Resolved } from './options.ts'
import { weightsOf } from './weights.ts'

/**
 * The discriminator, the generator's mirror image: [n, height, width, channels] → [n, 1] logits. Where the latent has
 * conditions, a number for each of their values stands behind the logit (projection, Miyato and Koyama 2018,
 * arXiv 1802.05637).
 */
export function buildDiscriminator(options: Resolved): tf.LayersModel {
  const { imageShape, kernel, discriminatorActivation, normalization, dropout, seed } = options
  const stages = options.discriminatorStages
  const weights = weightsOf('discriminator', options)
  const layers: tf.layers.Layer[] = []
  for (let stage = 1; stage <= stages; stage++) {
    const name = `down_${stage}`
    // What D sees first is not normalised by the batch: real and fake would look alike.
    const own = stage === 1 && normalization.discriminator === 'batch' ? 'none' : normalization.discriminator
    layers.push(
      ...downBlock({
        name,
        filters: filtersAt(options, stage),
        kernel,
        normalization: own,
        activation: discriminatorActivation,
        ...weights.seeded(name),
      }),
    )
    if (dropout > 0) layers.push(seededDropout({ name: `dropout_${stage}`, rate: dropout, seed }))
    if (options.selfAttention && stage === Math.ceil(stages / 2) && stage < stages)
      layers.push(selfAttention({ name: 'attention', ...weights.seeded('attention') }))
  }
  if (options.minibatchDeviation) layers.push(minibatchStandardDeviation({ name: 'minibatch_deviation' }))
  const logit = tf.layers.dense({
    name: 'logit',
    units: 1 + conditionSize(options.latent),
    kernelInitializer: weights.kernel('logit'),
  })
  layers.push(
    tf.layers.flatten({ name: 'flatten' }),
    normalization.discriminator === 'spectral'
      ? spectralNormalization(logit, weights.seeded('logit'))
      : logit,
  )
  return chain('discriminator', [...imageShape], layers)
}
