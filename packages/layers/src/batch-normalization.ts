import { checkOption, checkPositive, type Forward, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Initializer } from './initializers.ts'
import { normalize } from './normalize.ts'
import type { LayerOptions } from './options.ts'

export interface BatchNormalizationOptions extends LayerOptions {
  /**
   * The share of the running statistics that a step keeps, from 0 to 1: running = momentum·running + (1 − momentum)·batch,
   * as in Keras. PyTorch's momentum is 1 − this one. Default 0.9.
   */
  readonly momentum?: number
  /** Added to the variance, above 0. Default 1e-5. */
  readonly epsilon?: number
  /** Whether β is added. Default true. */
  readonly center?: boolean
  /** Whether γ multiplies. Default true. */
  readonly scale?: boolean
  /** Default zeros. */
  readonly betaInitializer?: Initializer
  /** Default ones. DCGAN draws γ from N(1, 0.02²). */
  readonly gammaInitializer?: Initializer
}

/**
 * Batch normalization (Ioffe and Szegedy 2015, arXiv 1502.03167) over all axes but the last.
 *
 * In training the layer normalizes by the batch's mean and biased variance, and updates the running statistics unless
 * `Forward.moveStatistics` is false; the running variance takes the unbiased variance, as in
 * PyTorch. In inference, or when `trainable` is false, it normalizes by the running statistics and leaves them as they are.
 *
 * Weights, in this order: `name/gamma`, `name/beta`, `name/moving_mean`, `name/moving_variance`, each [c]. A saved
 * model has a stock BatchNormalization in its place.
 *
 * [n, ..., c] → the same shape
 * @throws GankitError for an option out of range, input without a fixed last axis, or training on one value a channel
 */
export function batchNormalization(options: BatchNormalizationOptions = {}): tf.layers.Layer {
  return new BatchNormalization(options)
}

class BatchNormalization extends tf.layers.Layer {
  static readonly className = '@gankit/layers>BatchNormalization'
  private readonly options: {
    readonly momentum: number
    readonly epsilon: number
    readonly center: boolean
    readonly scale: boolean
  }
  private readonly betaInitializer: Initializer
  private readonly gammaInitializer: Initializer
  private gamma?: tf.LayerVariable
  private beta?: tf.LayerVariable
  private movingMean!: tf.LayerVariable
  private movingVariance!: tf.LayerVariable

  constructor({
    momentum = 0.9,
    epsilon = 1e-5,
    center = true,
    scale = true,
    betaInitializer = tf.initializers.zeros(),
    gammaInitializer = tf.initializers.ones(),
    ...layer
  }: BatchNormalizationOptions) {
    super(layer)
    const isShare = momentum >= 0 && momentum <= 1
    checkOption('layers', 'batchNormalization momentum', momentum, isShare, 'a number from 0 to 1')
    checkPositive('layers', 'batchNormalization epsilon', epsilon)
    this.options = { momentum, epsilon, center, scale }
    this.betaInitializer = betaInitializer
    this.gammaInitializer = gammaInitializer
  }

  override build(inputShape: tf.Shape): void {
    const channels = inputShape.at(-1)
    if (inputShape.length < 2 || typeof channels !== 'number')
      throw new GankitError(
        'layers',
        'data',
        `batchNormalization got input of shape [${inputShape}], expected [n, ..., channels]`,
      )
    const weight = (name: string, initializer: Initializer, trainable: boolean) =>
      this.addWeight(name, [channels], 'float32', initializer, undefined, trainable)
    if (this.options.scale) this.gamma = weight('gamma', this.gammaInitializer, true)
    if (this.options.center) this.beta = weight('beta', this.betaInitializer, true)
    this.movingMean = weight('moving_mean', tf.initializers.zeros(), false)
    this.movingVariance = weight('moving_variance', tf.initializers.ones(), false)
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[], pass: Forward): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    const training = (pass.training ?? false) && this.trainable
    return tf.tidy(() => {
      const channels = input.shape.at(-1)!
      const rows = input.rank === 2 ? input : input.reshape([-1, channels]) // [m, c]
      const gamma = this.gamma?.read() ?? tf.ones([channels])
      const beta = this.beta?.read() ?? tf.zeros([channels])
      const output = training
        ? this.train(rows, gamma, beta, pass.moveStatistics ?? true)
        : this.infer(rows, gamma, beta)
      return input.rank === 2 ? output : output.reshape(input.shape)
    })
  }

  private train(rows: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor, updates: boolean): tf.Tensor {
    const m = rows.shape[0]!
    if (m < 2)
      throw new GankitError(
        'layers',
        'data',
        `batchNormalization '${this.name}' got ${m} value a channel, expected at least 2 in training: a larger batch?`,
      )
    const { value, mean, variance } = normalize(rows, gamma, beta, this.options.epsilon)
    if (updates) {
      this.updateRunning(this.movingMean, mean)
      this.updateRunning(this.movingVariance, variance.mul(m / (m - 1)))
    }
    return value
  }

  private updateRunning(running: tf.LayerVariable, batch: tf.Tensor): void {
    const { momentum } = this.options
    running.write(
      running
        .read()
        .mul(momentum)
        .add(batch.mul(1 - momentum)),
    )
  }

  private infer(rows: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
    const scale = gamma.mul(this.movingVariance.read().add(this.options.epsilon).rsqrt())
    return rows.sub(this.movingMean.read()).mul(scale).add(beta)
  }

  override getClassName(): string {
    return 'BatchNormalization'
  }

  override getConfig(): tf.serialization.ConfigDict {
    const describe = (initializer: Initializer) => ({
      className: initializer.getClassName(),
      config: initializer.getConfig(),
    })
    return {
      ...super.getConfig(),
      ...this.options,
      axis: -1,
      betaInitializer: describe(this.betaInitializer),
      gammaInitializer: describe(this.gammaInitializer),
      movingMeanInitializer: describe(tf.initializers.zeros()),
      movingVarianceInitializer: describe(tf.initializers.ones()),
    }
  }
}
