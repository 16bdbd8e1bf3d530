import { checkOption, type RandomStream } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { LayerOptions } from './options.ts'
import { RandomLayer } from './random-layer.ts'

export interface GaussianNoiseOptions extends LayerOptions {
  /** Standard deviation of the noise, from 0 up. */
  readonly std: number
  /** Seed of the noise in forward passes without `Forward.random`. Default 0. */
  readonly seed?: number
}

/**
 * Adds N(0, std²) to every number in training, and nothing in inference. On D's inputs it keeps the two distributions
 * overlapping (Sønderby et al. 2017, arXiv 1610.04490).
 *
 * The noise comes from `Forward.random` with the layer's `name` as purpose. It is a function of the run's seed and step, so
 * a resumed run draws it again. Without `random` the noise comes from the layer's own `seed`, its name and the number of
 * the call; that number isn't saved, so such a run can't be resumed exactly.
 *
 * Set `name`: the default names of tfjs depend on the other layers of the process. A saved model has a stock
 * GaussianNoise in its place.
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
    const isValid = std >= 0 && Number.isFinite(std)
    checkOption('layers', 'gaussianNoise std', std, isValid, 'a number from 0 up')
    super(layer, seed, 'noise')
    this.std = std
  }

  protected override changesInput(): boolean {
    return this.std > 0
  }

  protected override transform(input: tf.Tensor, random: RandomStream): tf.Tensor {
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
