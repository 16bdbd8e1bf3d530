import type * as tf from '@tensorflow/tfjs'
import type { Condition } from './condition.ts'
import type { Generator } from './generator.ts'
import type { Latent } from './latent.ts'

/** A generator and a discriminator, and what they agree on; all but the networks is plain data. */
export interface Gan {
  /** G(z, c): [n, latent.size], [n, ...conditionShape] → [n, ...sampleShape], in [−1, 1]. Inputs that it lacks are left out. */
  readonly generator: tf.LayersModel
  /**
   * D(x, c): [n, ...sampleShape], [n, ...conditionShape] → logits, [n, 1] or a map of them, [n, height, width, 1]: above
   * zero means that the sample, or the patch of it, looks real. A network of one input judges samples without the condition.
   */
  readonly discriminator: tf.LayersModel
  /** Default: none; then the condition is all that G starts from. */
  readonly latent?: Latent
  /** What both networks get beside noise and samples. Default: nothing. */
  readonly condition?: Condition
  /** [28, 28, 1] for digits, [2] for points: nothing assumes images. */
  readonly sampleShape: readonly number[]
}

/** The generator of a GAN with what it starts from. */
export function selectGenerator({ generator: model, latent, condition, sampleShape }: Gan): Generator {
  return { model, sampleShape, ...(latent && { noise: latent }), ...(condition && { condition }) }
}

/** A network's weights, trainable or not, under names that stay the same from process to process. */
export type NamedWeights = ReadonlyMap<string, tf.Variable>

/** Everything that training may change: `kernel` and `bias`, not the statistics of batch norm. */
export function trainableWeights(model: tf.LayersModel): NamedWeights {
  return nameWeights(model.trainableWeights)
}

/** Every weight of a network, the statistics of batch norm included. */
export function allWeights(model: tf.LayersModel): NamedWeights {
  return nameWeights(model.weights)
}

/** The weights of several networks, each under the name of its network: 'generator/dense_1/kernel'. */
export function joinWeights(networks: Readonly<Record<string, NamedWeights>>): NamedWeights {
  return new Map(
    Object.entries(networks).flatMap(([network, weights]) =>
      [...weights].map(([name, weight]): [string, tf.Variable] => [`${network}/${name}`, weight]),
    ),
  )
}

// A variable's own name gets a suffix when a process builds two networks; its original name does not.
function nameWeights(weights: tf.LayersModel['weights']): NamedWeights {
  return new Map(weights.map(weight => [weight.originalName, weight.read() as tf.Variable]))
}
