import { checkPositive } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkChannels, type LayerOptions } from './options.ts'

export interface PixelNormalizationOptions extends LayerOptions {
  /** Added to the mean square, above 0. Default 1e-8. */
  readonly epsilon?: number
}

/**
 * Pixelwise feature vector normalization (Karras et al. 2018, arXiv 1710.10196, section 4.2): x / √(mean over channels
 * of x² + ε). Each place of each sample is normalized by itself, so the result doesn't depend on the batch. There are no weights.
 *
 * [n, ..., c] → the same shape
 * @throws GankitError for an epsilon out of range or input without a batch and a channel axis
 */
export function pixelNormalization(options: PixelNormalizationOptions = {}): tf.layers.Layer {
  return new PixelNormalization(options)
}

class PixelNormalization extends tf.layers.Layer {
  static readonly className = '@gankit/layers>PixelNormalization'
  private readonly epsilon: number

  constructor({ epsilon = 1e-8, ...layer }: PixelNormalizationOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `pixel_normalization_${this.id}`
    checkPositive('layers', 'pixelNormalization epsilon', epsilon)
    this.epsilon = epsilon
  }

  override build(inputShape: tf.Shape): void {
    checkChannels('pixelNormalization', inputShape)
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => input.div(input.square().mean(-1, true).add(this.epsilon).sqrt()))
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), epsilon: this.epsilon }
  }
}

tf.serialization.registerClass(PixelNormalization)
