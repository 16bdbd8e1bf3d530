import { checkOption, type RandomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { LayerOptions } from './options.ts'
import { RandomLayer } from './random-layer.ts'

export interface SeededDropoutOptions extends LayerOptions {
  /** The share of the inputs that training sets to zero, from 0 to below 1. */
  readonly rate: number
  /** Seed of the masks in forward passes without `Forward.random`. Default 0. */
  readonly seed?: number
}

/**
 * Inverted dropout (Srivastava et al., JMLR 15, 2014) with a new mask at every call: in training each number is 0
 * with probability `rate` and divided by 1 − rate otherwise; in inference the layer changes nothing.
 *
 * The mask comes from `Forward.random` with the layer's `name` as purpose. It is a function of the run's seed and step, so
 * a resumed run draws it again. Without `random` the mask comes from the layer's own `seed`, its name and the number of
 * the call; that number isn't saved, so such a run can't be resumed exactly.
 *
 * Set `name`: the default names of tfjs depend on the other layers of the process. A saved model has a stock Dropout in
 * its place.
 *
 * [...any] → the same shape
 * @throws GankitError for a rate or seed out of range
 */
export function seededDropout(options: SeededDropoutOptions): tf.layers.Layer {
  return new SeededDropout(options)
}

/** 0 with probability `rate`, else 1 / (1 − rate). Without a branch: no processor predicts random bits. */
function dropoutMask(bits: Uint32Array, rate: number): Float32Array {
  const mask = new Float32Array(bits.length)
  const threshold = rate * 2 ** 32
  const kept = 1 / (1 - rate)
  for (let i = 0; i < bits.length; i++) mask[i] = Number(bits[i]! >= threshold) * kept
  return mask
}

class SeededDropout extends RandomLayer {
  static readonly className = '@gankit/layers>SeededDropout'
  private readonly rate: number

  constructor({ rate, seed = 0, ...layer }: SeededDropoutOptions) {
    const isShare = rate >= 0 && rate < 1
    checkOption('layers', 'seededDropout rate', rate, isShare, 'a number from 0 to below 1')
    super(layer, seed, 'dropout')
    this.rate = rate
  }

  protected override changesInput(): boolean {
    return this.rate > 0
  }

  protected override transform(input: tf.Tensor, random: RandomStream): tf.Tensor {
    const mask = dropoutMask(random.bits(input.size), this.rate)
    return tf.tidy(() => input.mul(tf.tensor(mask, input.shape)))
  }

  override getClassName(): string {
    return 'Dropout'
  }

  // Without a seed, since with one the stock layer would draw the same mask at every step.
  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.rate, noiseShape: null, seed: null }
  }
}
