import { checkInteger, GankitError, type RandomStream, sizeOfShape } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { GameState } from './game.ts'

export interface SamplePoolOptions {
  /** The most samples in the pool, a whole number from 0; 0: samples pass through. 50 in CycleGAN. */
  readonly capacity: number
  /** Of one sample, without the batch. */
  readonly sampleShape: readonly number[]
}

/** A pool of fakes made in earlier steps, on the backend. */
export interface SamplePool extends GameState {
  /**
   * Adds samples and gives as many back for D: until the pool is full each sample itself; then, with a probability of
   * one half, an older one, whose place the new one takes. Nothing is read back.
   * @param samples [n, ...sampleShape]
   * @returns [n, ...sampleShape], which the caller owns
   */
  exchange(samples: tf.Tensor, random: RandomStream): tf.Tensor
}

/**
 * A history of fakes, so that D does not forget what G no longer makes (Shrivastava et al. 2017, arXiv 1612.07828,
 * section 2.3; CycleGAN's image buffer, Zhu et al. 2017, arXiv 1703.10593, section 4).
 * @throws GankitError for a capacity that is no whole number from 0
 */
export function samplePool({ capacity, sampleShape }: SamplePoolOptions): SamplePool {
  checkInteger('trainer', 'capacity', capacity, 0)
  /** One tensor [1, ...sampleShape] a place. */
  let places: tf.Tensor[] = []

  const exchangeOne = (
    sample: tf.Tensor,
    isOlder: number,
    place: number,
    replaced: tf.Tensor[],
  ): tf.Tensor => {
    if (places.length < capacity) {
      places.push(tf.keep(tf.clone(sample)))
      return sample
    }
    if (capacity === 0 || isOlder < 0.5) return sample
    const index = Math.floor(place * capacity)
    const older = places[index]!
    replaced.push(older)
    places[index] = tf.keep(tf.clone(sample))
    return older
  }

  return {
    exchange(samples, random) {
      const n = samples.shape[0]!
      const draws = random.uniform(2 * n)
      const replaced: tf.Tensor[] = []
      const result = tf.tidy(() => {
        const each = tf.split(samples, n)
        return tf.concat(
          each.map((sample, i) => exchangeOne(sample, draws[2 * i]!, draws[2 * i + 1]!, replaced)),
        )
      })
      for (const tensor of replaced) tensor.dispose()
      return result
    },
    async save() {
      const values = { filled: places.length }
      if (places.length === 0) return { arrays: new Map(), values }
      const all = tf.tidy(() => tf.concat(places))
      try {
        const data = (await all.data()).slice() as Float32Array | Int32Array
        return { arrays: new Map([['samples', { shape: all.shape, data }]]), values }
      } finally {
        all.dispose()
      }
    },
    restore({ arrays, values }) {
      const filled = values['filled'] ?? 0
      const saved = arrays.get('samples') ?? { shape: [0, ...sampleShape], data: new Float32Array() }
      const fits = filled <= capacity && String(saved.shape) === String([filled, ...sampleShape])
      if (!fits || saved.data.length !== sizeOfShape(saved.shape))
        throw new GankitError(
          'trainer',
          'data',
          `the checkpoint holds a pool of [${saved.shape}], expected up to ${capacity} samples of [${sampleShape}]: it is of another model`,
        )
      for (const tensor of places) tensor.dispose()
      places = []
      if (filled === 0) return
      const all = tf.tensor(saved.data, [...saved.shape])
      places = tf.split(all, filled)
      all.dispose()
    },
    dispose() {
      for (const tensor of places) tensor.dispose()
      places = []
    },
  }
}
