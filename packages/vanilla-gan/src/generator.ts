import { conditionSize, type Latent, sizeOfShape } from '@gankit/core'
import {
  batchNormalization,
  chain,
  concatCondition,
  conditionInput,
  type Initialization,
  normal,
  radialBasis,
  uniform,
} from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { dense, type Place } from './dense.ts'
import type { MlpGenerator, Resolved } from './options.ts'

/**
 * The generator, G(z) or G(z, c): [n, latent.size], [n, c] → [n, ...sampleShape], in [−1, 1]. A condition stands behind
 * the noise (Mirza and Osindero 2014, arXiv 1411.1784).
 */
export function buildGenerator(options: Resolved): tf.LayersModel {
  const { generator, latent, condition, sampleShape, seed } = options
  const place: Place = { role: 'generator', seed }
  const body = generator.kind === 'mlp' ? mlp(generator, place) : rbf(generator.units, options, place)
  const how = generator.kind === 'mlp' ? generator.initialization : undefined
  const layers = [
    ...body,
    ...toSample(generator.output, sizeOfShape(sampleShape), place, how),
    tf.layers.reshape({ name: 'sample', targetShape: sampleShape }),
  ]
  if (!condition) return chain('generator', [latent.size], layers)
  const input = conditionInput(condition)
  return chain('generator', [latent.size], [concatCondition('noise_and_condition', input), ...layers], input)
}

function mlp(options: Required<MlpGenerator>, place: Place): tf.layers.Layer[] {
  return options.hidden.flatMap((units, index) => {
    const n = index + 1
    return [
      dense(`dense_${n}`, units, place, options.initialization),
      ...(options.batchNormalization && n > 1
        ? [batchNormalization({ name: `batch_normalization_${n}` })]
        : []),
      options.activation === 'relu'
        ? tf.layers.reLU({ name: `relu_${n}` })
        : tf.layers.leakyReLU({ name: `leaky_relu_${n}`, alpha: 0.2 }),
    ]
  })
}

/**
 * Distances to centres, then one dense layer. The centres start where latents fall, and the widths so that a latent z and a
 * centre c of the same distribution have β·E‖z − c‖² = β·2·size·variance = 1. A condition adds to the size alone.
 */
function rbf(
  units: number,
  { latent, condition }: { readonly latent: Latent; readonly condition?: Resolved['condition'] },
  { role, seed }: Place,
): tf.layers.Layer[] {
  const { prior } = latent
  const size = latent.size + (condition ? conditionSize(condition) : 0)
  const own = { seed, purpose: `vanilla-gan/${role}/radial_basis_1/centers` }
  const variance = prior.name === 'normal' ? prior.std ** 2 : (prior.max - prior.min) ** 2 / 12
  const centersInitializer =
    prior.name === 'normal' ? normal({ ...own, ...prior }) : uniform({ ...own, ...prior })
  return [radialBasis({ name: 'radial_basis_1', units, centersInitializer, beta: 1 / (2 * size * variance) })]
}

function toSample(
  output: 'tanh' | 'sigmoid' | 'linear',
  size: number,
  place: Place,
  how: Initialization | undefined,
): tf.layers.Layer[] {
  const last = dense('dense_output', size, place, how, output)
  if (output !== 'sigmoid') return [last]
  return [last, tf.layers.rescaling({ name: 'to_range', scale: 2, offset: -1 })]
}
