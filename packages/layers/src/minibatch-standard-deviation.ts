import { checkInteger } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { checkChannels, type LayerOptions } from './options.ts'

export interface MinibatchStandardDeviationOptions extends LayerOptions {
  /** Upper bound of the samples in a group. Default 4. */
  readonly groupSize?: number
}

/**
 * Minibatch standard deviation (Karras et al. 2018, arXiv 1710.10196, section 3): one more channel that shows D how
 * much the samples of a group differ, so that D recognizes fakes that are all alike. Its value is the standard
 * deviation over the group of each number of a sample, √(variance + 1e-8), averaged over places and channels.
 *
 * If `groupSize` doesn't divide the batch, the groups have the largest smaller size that does: 6 samples and a
 * `groupSize` of 4 make two groups of 3. As in the authors' code, group m of k takes the samples m, m + k, m + 2·k, ….
 * In groups of one sample the channel is constant, √1e-8.
 *
 * [n, ..., c] → [n, ..., c + 1], for images as for points
 * @throws GankitError for a `groupSize` below 1 or not whole, or input without a batch and a channel axis
 */
export function minibatchStandardDeviation(options: MinibatchStandardDeviationOptions = {}): tf.layers.Layer {
  return new MinibatchStandardDeviation(options)
}

class MinibatchStandardDeviation extends tf.layers.Layer {
  static readonly className = '@gankit/layers>MinibatchStandardDeviation'
  private readonly groupSize: number

  constructor({ groupSize = 4, ...layer }: MinibatchStandardDeviationOptions) {
    super(layer)
    // The default name is made from the class name, whose '@' and '>' tfjs forbids in names.
    this.name = layer.name ?? `minibatch_standard_deviation_${this.id}`
    checkInteger('layers', 'minibatchStandardDeviation groupSize', groupSize, 1)
    this.groupSize = groupSize
  }

  override build(inputShape: tf.Shape): void {
    checkChannels('minibatchStandardDeviation', inputShape)
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => {
      const [n, ...places] = input.shape.slice(0, -1) as [number, ...number[]]
      const size = findLargestDivisor(n, this.groupSize)
      const groups = n / size
      const samples = input.reshape([size, -1]) // sample s·groups + m is number s of group m
      const centered = samples.sub(samples.mean(0))
      const deviation = centered.square().mean(0).add(1e-8).sqrt() // [groups·places·c]
      const groupMean = deviation.reshape([groups, -1]).mean(1, true) // [groups, 1]
      const spread = tf.ones([size, groups, tf.util.sizeFromShape(places)]).mul(groupMean)
      return tf.concat([input, spread.reshape([n, ...places, 1])], -1)
    })
  }

  override computeOutputShape(inputShape: tf.Shape): tf.Shape {
    const channels = inputShape.at(-1)
    return [...inputShape.slice(0, -1), typeof channels === 'number' ? channels + 1 : null]
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), groupSize: this.groupSize }
  }
}

tf.serialization.registerClass(MinibatchStandardDeviation)

/** The largest divisor of `n` up to `max`. */
function findLargestDivisor(n: number, max: number): number {
  for (let size = Math.min(n, max); size > 1; size--) if (n % size === 0) return size
  return 1
}
