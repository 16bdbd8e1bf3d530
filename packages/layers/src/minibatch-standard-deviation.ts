import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expectCount, type LayerOptions } from './options.ts'

export interface MinibatchStandardDeviationOptions extends LayerOptions {
  /** Samples a group, at most. Default 4. */
  readonly groupSize?: number
}

/**
 * Minibatch standard deviation (Karras et al. 2018, arXiv 1710.10196, section 3): one more channel, that tells D how
 * much the samples of a group differ, so that fakes that are all alike give themselves away. It is the standard
 * deviation over the group of each number of a sample, √(variance + 1e-8), averaged over places and channels.
 *
 * A batch that groups of `groupSize` don't divide has groups of the largest size below that does: 6 samples and a
 * `groupSize` of 4 make two groups of 3. As in the authors' code, group m of k takes the samples m, m + k, m + 2·k, ….
 * A group of one sample differs in nothing, and tells D nothing.
 *
 * [n, ..., c] → [n, ..., c + 1], for images as for points
 * @throws GankitError for a `groupSize` that is no whole number from 1 up, or input without a batch and a channel axis
 */
export function minibatchStandardDeviation(options: MinibatchStandardDeviationOptions = {}): tf.layers.Layer {
  return new MinibatchStandardDeviation(options)
}

class MinibatchStandardDeviation extends tf.layers.Layer {
  static readonly className = '@gankit/layers>MinibatchStandardDeviation'
  private readonly groupSize: number

  constructor({ groupSize = 4, ...layer }: MinibatchStandardDeviationOptions) {
    super(layer)
    // A name made from the class's would hold characters that tfjs forbids in names.
    this.name = layer.name ?? `minibatch_standard_deviation_${this.id}`
    expectCount('minibatchStandardDeviation groupSize', groupSize)
    this.groupSize = groupSize
  }

  override build(inputShape: tf.Shape): void {
    if (inputShape.length < 2)
      throw new GankitError(
        'layers',
        'data',
        `minibatchStandardDeviation got input of shape [${inputShape}], expected [n, ..., channels]: add an axis for the batch?`,
      )
    this.built = true
  }

  override call(inputs: tf.Tensor | tf.Tensor[]): tf.Tensor {
    const input = Array.isArray(inputs) ? inputs[0]! : inputs
    return tf.tidy(() => {
      const [n, ...places] = input.shape.slice(0, -1) as [number, ...number[]]
      const size = largestDivisor(n, this.groupSize)
      const groups = n / size
      const samples = input.reshape([size, -1]) // sample s·groups + m is number s of group m
      const centred = samples.sub(samples.mean(0))
      const deviation = centred.square().mean(0).add(1e-8).sqrt() // [groups·places·c]
      const ofGroup = deviation.reshape([groups, -1]).mean(1, true) // [groups, 1]
      const spread = tf.ones([size, groups, tf.util.sizeFromShape(places)]).mul(ofGroup)
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

/** The largest divisor of `n` up to `most`. */
function largestDivisor(n: number, most: number): number {
  for (let size = Math.min(n, most); size > 1; size--) if (n % size === 0) return size
  return 1
}
