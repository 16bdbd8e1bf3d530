import { checkPositive, checkSeed, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { glorotUniform, type SeededWeights } from './initializers.ts'
import { checkPlaces, normalizeInstances } from './instance-normalization.ts'
import type { LayerOptions } from './options.ts'

export interface AdaptiveInstanceNormalizationOptions extends LayerOptions, SeededWeights {
  /** Added to the variance, above 0. Default 1e-5. */
  readonly epsilon?: number
}

/**
 * Adaptive instance normalization, AdaIN (Huang and Belongie 2017, arXiv 1703.06868), with a scale and a shift that are
 * learned functions of a style, as in StarGAN v2 (Choi et al. 2020, arXiv 1912.01865):
 *
 *     y = (1 + γ(s))·(x − mean) / √(variance + ε) + β(s)     [γ(s), β(s)] = s·kernel + bias
 *
 * The mean and the biased variance are over the places of one image and channel. Where the style is 0, the layer starts as
 * instance normalization. The layer is applied to a list, `layer.apply([x, style])`.
 *
 * Weights: `name/kernel` [s, 2·c], `name/bias` [2·c], zeros at the start; the first c are of γ. The kernel's
 * initializer, `glorotUniform` unless given, isn't saved.
 *
 * [n, ..., c] with at least two places, [n, s] → the shape of the first
 * @throws GankitError for an option out of range, inputs of other shapes, or images of one place
 */
export function adaptiveInstanceNormalization(
  options: AdaptiveInstanceNormalizationOptions = {},
): tf.layers.Layer {
  return new AdaptiveInstanceNormalization(options)
}

class AdaptiveInstanceNormalization extends tf.layers.Layer {
  static readonly className = '@gankit/layers>AdaptiveInstanceNormalization'
  private readonly epsilon: number
  private readonly weightsOptions: Required<SeededWeights>
  private kernel!: tf.LayerVariable
  private bias!: tf.LayerVariable

  constructor({
    epsilon = 1e-5,
    seed = 0,
    purpose,
    initializer = glorotUniform,
    ...layer
  }: AdaptiveInstanceNormalizationOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `adaptive_instance_normalization_${this.id}`
    checkPositive('layers', 'adaptiveInstanceNormalization epsilon', epsilon)
    checkSeed(seed)
    this.epsilon = epsilon
    this.weightsOptions = { seed, purpose: purpose ?? this.name, initializer }
  }

  override build(inputShape: tf.Shape | tf.Shape[]): void {
    const [channels, features] = this.checkInputs(inputShape)
    const { initializer, seed, purpose } = this.weightsOptions
    const drawn = initializer({ seed, purpose: `${purpose}/kernel` })
    this.kernel = this.addWeight('kernel', [features, 2 * channels], 'float32', drawn)
    this.bias = this.addWeight('bias', [2 * channels], 'float32', tf.initializers.zeros())
    this.built = true
  }

  /** @returns the channels of the images and the numbers of a style */
  private checkInputs(shapes: tf.Shape | tf.Shape[]): [channels: number, features: number] {
    const list = (Array.isArray(shapes[0]) ? shapes : [shapes]) as tf.Shape[]
    const [images, style] = list as [tf.Shape, tf.Shape | undefined]
    const features = style?.[1]
    if (list.length !== 2 || style?.length !== 2 || typeof features !== 'number')
      throw new GankitError(
        'layers',
        'data',
        `adaptiveInstanceNormalization '${this.name}' got input of shape ${list.map(shape => `[${shape}]`).join(', ')}, expected a list of two, images [n, ..., channels] and a style [n, features]`,
      )
    return [checkPlaces('adaptiveInstanceNormalization', this.name, images), features]
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const [input, style] = inputs as [tf.Tensor, tf.Tensor]
    checkPlaces('adaptiveInstanceNormalization', this.name, input.shape)
    return tf.tidy(() => {
      const learned = tf.matMul(style, this.kernel.read()).add(this.bias.read())
      const [gamma, beta] = tf.split(learned, 2, 1) as [tf.Tensor, tf.Tensor]
      return normalizeInstances(input, gamma.add(1), beta, this.epsilon)
    })
  }

  override computeOutputShape(inputShape: tf.Shape | tf.Shape[]): tf.Shape {
    return inputShape[0] as tf.Shape
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon }
  }
}

tf.serialization.registerClass(AdaptiveInstanceNormalization)
