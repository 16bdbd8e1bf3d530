import { batchNormalization, chain, normal, pixelNormalization, selfAttention, upBlock } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { conditionalNorm } from './conditional-norm.ts'
import { filtersAt, type Resolved } from './options.ts'
import { weightsOf } from './weights.ts'

/** The generator: [n, latent.size] → [n, height, width, channels], in [−1, 1]. */
export function buildGenerator(options: Resolved): tf.LayersModel {
  const { latent, imageShape, kernel, plan, upsampling, generatorActivation, normalization } = options
  const [height, width] = plan.start
  const weights = weightsOf('generator', options)
  const top = filtersAt(options, plan.stages)
  const layers: tf.layers.Layer[] = [
    tf.layers.dense({
      name: 'dense',
      units: height * width * top,
      useBias: normalization.generator !== 'batch',
      kernelInitializer: weights.kernel('dense'),
    }),
    tf.layers.reshape({ name: 'start', targetShape: [height, width, top] }),
    ...startOf(options),
  ]
  for (let stage = 1; stage <= plan.stages; stage++) {
    const name = `up_${stage}`
    const last = stage === plan.stages
    layers.push(
      ...upBlock({
        name,
        kind: upsampling,
        filters: last ? imageShape[2] : filtersAt(options, plan.stages - stage),
        kernel,
        normalization: last ? 'none' : normalization.generator,
        activation: last ? 'tanh' : generatorActivation,
        ...weights.seeded(name),
      }),
    )
    if (options.selfAttention && stage === Math.floor(plan.stages / 2))
      layers.push(selfAttention({ name: 'attention', ...weights.seeded('attention') }))
  }
  const askedBehind = conditionalNorm(latent, weights)
  return chain(
    'generator',
    [latent.size],
    layers.flatMap(layer => [layer, ...(layer.name.endsWith('_norm') ? askedBehind(layer.name) : [])]),
  )
}

/** Normalisation and activation of what the dense layer makes. */
function startOf({ generatorActivation, normalization, seed }: Resolved): tf.layers.Layer[] {
  const name = 'start_norm'
  const gammaInitializer = normal({ mean: 1, seed, purpose: `dcgan/generator/${name}/gamma` })
  const activation =
    generatorActivation === 'relu'
      ? tf.layers.reLU({ name: 'start_activation' })
      : tf.layers.leakyReLU({ name: 'start_activation', alpha: 0.2 })
  if (normalization.generator === 'batch') return [batchNormalization({ name, gammaInitializer }), activation]
  return normalization.generator === 'pixel' ? [activation, pixelNormalization({ name })] : [activation]
}
