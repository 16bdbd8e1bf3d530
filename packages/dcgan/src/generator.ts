import {
  batchNormalization,
  chain,
  concatCondition,
  conditionInput,
  type Link,
  normal,
  pixelNormalization,
  selfAttention,
  upBlock,
} from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { conditionalNormalization } from './conditional-normalization.ts'
import { filtersAt, type Resolved } from './options.ts'
import { createWeights, type Weights } from './weights.ts'

/**
 * The generator, G(z) or G(z, c): [n, latent.size], [n, c] → [n, height, width, channels], in [−1, 1]. The condition
 * stands behind the noise where it enters the dense layer, and scales and shifts channels behind each normalisation.
 */
export function buildGenerator(options: Resolved): tf.LayersModel {
  const weights = createWeights('generator', options)
  const layers = [...startLayers(options, weights), ...upLayers(options, weights)]
  const { latent, condition } = options
  if (!condition) return chain('generator', [latent.size], layers)
  const input = conditionInput(condition)
  const links: Link[] = [
    concatCondition('noise_and_condition', input),
    ...layers.flatMap(layer => [
      layer,
      ...(layer.name.endsWith('_norm') ? [conditionalNormalization(layer.name, input, weights)] : []),
    ]),
  ]
  return chain('generator', [latent.size], links, input)
}

/** From the latent to the smallest image, normalised and activated. */
function startLayers(options: Resolved, weights: Weights): tf.layers.Layer[] {
  const { plan, generatorActivation, normalization, seed } = options
  const [height, width] = plan.start
  const channels = filtersAt(options, plan.stages)
  const dense = tf.layers.dense({
    name: 'dense',
    units: height * width * channels,
    useBias: normalization.generator !== 'batch',
    kernelInitializer: weights.kernel('dense'),
  })
  const start = tf.layers.reshape({ name: 'start', targetShape: [height, width, channels] })
  const name = 'start_norm'
  const gammaInitializer = normal({ mean: 1, seed, purpose: `dcgan/generator/${name}/gamma` })
  const activation =
    generatorActivation === 'relu'
      ? tf.layers.reLU({ name: 'start_activation' })
      : tf.layers.leakyReLU({ name: 'start_activation', alpha: 0.2 })
  switch (normalization.generator) {
    case 'batch':
      return [dense, start, batchNormalization({ name, gammaInitializer }), activation]
    case 'pixel':
      return [dense, start, activation, pixelNormalization({ name })]
    case 'none':
      return [dense, start, activation]
  }
}

/** From the smallest image to the sample, a doubling a stage; what is beyond the stage's size is cut. */
function upLayers(options: Resolved, weights: Weights): tf.layers.Layer[] {
  const { imageShape, kernel, plan, upsampling, generatorActivation, normalization } = options
  const layers: tf.layers.Layer[] = []
  for (let stage = 1; stage <= plan.stages; stage++) {
    const name = `up_${stage}`
    const last = stage === plan.stages
    layers.push(
      ...upBlock({
        name,
        kind: upsampling,
        filters: last ? imageShape[2] : filtersAt(options, plan.stages - stage),
        kernel,
        crop: cropTo(plan.sizes[stage - 1]!, plan.sizes[stage - 2] ?? plan.start),
        normalization: last ? 'none' : normalization.generator,
        activation: last ? 'tanh' : generatorActivation,
        ...weights.seeded(name),
      }),
    )
    if (options.selfAttention && stage === Math.floor(plan.stages / 2))
      layers.push(selfAttention({ name: 'attention', ...weights.seeded('attention') }))
  }
  return layers
}

/** The lines and columns by which a size is less than the double of the one before. */
function cropTo([height, width]: readonly number[], before: readonly number[]): [number, number] {
  return [2 * before[0]! - height!, 2 * before[1]! - width!]
}
