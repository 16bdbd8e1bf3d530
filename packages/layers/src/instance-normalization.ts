import { checkPositive, GankitError, sizeOfShape } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Initializer } from './initializers.ts'
import { normalize } from './normalize.ts'
import type { LayerOptions } from './options.ts'

export interface InstanceNormalizationOptions extends LayerOptions {
  /** Added to the variance, above 0. Default 1e-5. */
  readonly epsilon?: number
  /** Whether β is added. Default true. */
  readonly center?: boolean
  /** Whether γ multiplies. Default true. */
  readonly scale?: boolean
  /** Default zeros. */
  readonly betaInitializer?: Initializer
  /** Default ones. */
  readonly gammaInitializer?: Initializer
}

/**
 * Instance normalization (Ulyanov et al. 2016, arXiv 1607.08022): γ·(x − mean) / √(variance + ε) + β, with the mean and
 * the biased variance over the places of one image and channel. An image doesn't depend on its batch, and training and
 * inference compute the same: there are no running statistics.
 *
 * The numbers are those of PyTorch's InstanceNorm2d with `affine=True`; `center: false, scale: false` is `affine=False`,
 * PyTorch's default.
 *
 * Weights, in this order: `name/gamma`, `name/beta`, each [c]. Their initializers aren't saved.
 *
 * [n, ..., c], at least two places → the same shape
 * @throws GankitError for an epsilon out of range, input without a fixed last axis, or images of one place, which would
 *   all become β
 */
export function instanceNormalization(options: InstanceNormalizationOptions = {}): tf.layers.Layer {
  return new InstanceNormalization(options)
}

class InstanceNormalization extends tf.layers.Layer {
  static readonly className = '@gankit/layers>InstanceNormalization'
  private readonly options: {
    readonly epsilon: number
    readonly center: boolean
    readonly scale: boolean
  }
  private readonly initializers: { readonly beta: Initializer; readonly gamma: Initializer }
  private gamma?: tf.LayerVariable
  private beta?: tf.LayerVariable

  constructor({
    epsilon = 1e-5,
    center = true,
    scale = true,
    betaInitializer = tf.initializers.zeros(),
    gammaInitializer = tf.initializers.ones(),
    ...layer
  }: InstanceNormalizationOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `instance_normalization_${this.id}`
    checkPositive('layers', 'instanceNormalization epsilon', epsilon)
    this.options = { epsilon, center, scale }
    this.initializers = { beta: betaInitializer, gamma: gammaInitializer }
  }

  override build(inputShape: tf.Shape): void {
    const channels = checkPlaces('instanceNormalization', this.name, inputShape)
    const weight = (name: 'gamma' | 'beta') =>
      this.addWeight(name, [channels], 'float32', this.initializers[name])
    if (this.options.scale) this.gamma = weight('gamma')
    if (this.options.center) this.beta = weight('beta')
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    checkPlaces('instanceNormalization', this.name, input.shape)
    return tf.tidy(() => {
      const [n, channels] = [input.shape[0]!, input.shape.at(-1)!]
      const repeat = (weight: tf.LayerVariable) => weight.read().reshape([1, channels]).tile([n, 1])
      return normalizeInstances(
        input,
        this.gamma ? repeat(this.gamma) : tf.ones([n, channels]),
        this.beta ? repeat(this.beta) : tf.zeros([n, channels]),
        this.options.epsilon,
      )
    })
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), ...this.options }
  }
}

tf.serialization.registerClass(InstanceNormalization)

/**
 * Each image and channel by its own statistics, with a scale and a shift of its own.
 * @param input [n, ..., c]
 * @param gamma [n, c]
 * @param beta [n, c]
 */
export function normalizeInstances(
  input: tf.Tensor,
  gamma: tf.Tensor,
  beta: tf.Tensor,
  epsilon: number,
): tf.Tensor {
  const places = sizeOfShape(input.shape.slice(1, -1))
  const rows = input.reshape([input.shape[0]!, places, input.shape.at(-1)!])
  return normalize(rows, gamma, beta, epsilon).value.reshape(input.shape)
}

/**
 * Checks that a layer's input is images of more than one place, as far as their size is known.
 * @returns their channels
 * @throws GankitError for another rank, channels that aren't fixed, or one place
 */
export function checkPlaces(layer: string, name: string, shape: tf.Shape): number {
  const [places, channels] = [shape.slice(1, -1), shape.at(-1)]
  if (shape.length < 3 || typeof channels !== 'number')
    throw new GankitError(
      'layers',
      'data',
      `${layer} '${name}' got input of shape [${shape}], expected [n, ..., channels] with places between: use batchNormalization for rows`,
    )
  if (places.every(side => side === 1))
    throw new GankitError(
      'layers',
      'data',
      `${layer} '${name}' got images of one place, shape [${shape}], expected at least two: the mean of one number is the number, so all would become 0; leave the layer out here`,
    )
  return channels
}
