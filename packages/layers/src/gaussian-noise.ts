import type { RandomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { expectOption, type LayerOptions } from './options.ts'
import { RandomLayer } from './random-layer.ts'

export interface GaussianNoiseOptions extends LayerOptions {
  /** Standard deviation of what is added, from 0 up. */
  readonly std: number
  /** Seed of the noise of a caller who hands no `random`. Default 0. */
  readonly seed?: number
}

/**
 * Adds N(0, std²) to every number in training, and nothing in inference. On D's inputs it keeps the two distributions
 * overlapping (Sønderby et al. 2017, arXiv 1610.04490).
 *
 * The noise comes from `Forward.random`, asked with the layer's `name`, so that it is a function of the run's seed and
 * step and a resumed run draws it again. Without `random` it comes from the layer's own `seed`, its name and the
 * number of the call; that count isn't saved, so such a run can't be resumed exactly.
 *
 * Give `name`: tfjs' own names depend on which other layers the process has made. A saved model holds a stock
 * GaussianNoise.
 *
 * [...any] → the same shape
 * @throws GankitError for a std or seed out of range
 */
export function gaussianNoise(options: GaussianNoiseOptions): tf.layers.Layer {
  return new GaussianNoise(options)
}

class GaussianNoise extends RandomLayer {
  static readonly className = '@gankit/layers>GaussianNoise'
  private readonly std: number

  constructor({ std, seed = 0, ...layer }: GaussianNoiseOptions) {
    expectOption(std >= 0 && Number.isFinite(std), 'gaussianNoise std', std, 'a number from 0 up')
    super(layer, seed, 'noise')
    this.std = std
  }

  protected override disturbs(): boolean {
    return this.std > 0
  }

  protected override disturb(input: tf.Tensor, random: RandomStream): tf.Tensor {
    const noise = random.normal(input.size, 0, this.std)
    return tf.tidy(() => input.add(tf.tensor(noise, input.shape)))
  }

  override getClassName(): string {
    return 'GaussianNoise'
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), stddev: this.std }
  }
}
