import { conditionSize } from '@gankit/core'
import {
  chain,
  conditionInput,
  downBlock,
  minibatchStandardDeviation,
  projection,
  seededDropout,
  selfAttention,
  spectralNormalization,
} from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { filtersAt, type Resolved } from './options.ts'
import { createWeights, type Weights } from './weights.ts'

/**
 * The discriminator, the generator's mirror image, D(x) or D(x, c): [n, height, width, channels], [n, c] → logits [n, 1].
 * A condition comes in at the end, by projection.
 */
export function buildDiscriminator(options: Resolved): tf.LayersModel {
  const { imageShape, condition, normalization } = options
  const weights = createWeights('discriminator', options)
  const features = [...downLayers(options, weights), tf.layers.flatten({ name: 'flatten' })]
  const head = (name: string, units: number, useBias = true) => {
    const layer = tf.layers.dense({ name, units, useBias, kernelInitializer: weights.kernel(name) })
    return normalization.discriminator === 'spectral'
      ? spectralNormalization(layer, weights.seeded(name))
      : layer
  }
  const logit = head('logit', 1)
  if (!condition) return chain('discriminator', [...imageShape], [...features, logit])
  const input = conditionInput(condition)
  const embedding = head('condition_projection', conditionSize(condition), false)
  const verdict = projection({ condition: input, logit: [logit], embedding })
  return chain('discriminator', [...imageShape], [...features, verdict], input)
}

/** From the sample to the features of the last stage, a halving a stage. */
function downLayers(options: Resolved, weights: Weights): tf.layers.Layer[] {
  const { kernel, discriminatorActivation, normalization, dropout, seed } = options
  const stages = options.discriminatorStages
  const layers: tf.layers.Layer[] = []
  for (let stage = 1; stage <= stages; stage++) {
    const name = `down_${stage}`
    // D's input is not normalised by the batch: real and fake samples would look alike.
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
  return layers
}
