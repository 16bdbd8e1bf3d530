import { checkOption } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { DiscriminatorTransform } from '../game/algorithm1.ts'
import { type Schedule, scheduledValue } from '../optimizers/schedule.ts'

/**
 * Instance noise (Sønderby et al. 2017, arXiv 1610.04490): normal noise on everything that D sees, so that real and
 * fake samples overlap from the start.
 * @param std standard deviation in the samples' own units, where images span −1 to 1; a schedule counts steps
 * @throws GankitError for a constant that is not a finite number from 0
 */
export function instanceNoise(std: Schedule): DiscriminatorTransform {
  const isFixed = typeof std === 'number'
  checkOption(
    'trainer',
    'instanceNoise',
    std,
    !isFixed || (std >= 0 && Number.isFinite(std)),
    'a finite number from 0',
  )
  return (samples, { step, random }) => {
    const now = scheduledValue(std, step)
    return now > 0 ? tf.add(samples, tf.tensor(random.normal(samples.size, 0, now), samples.shape)) : samples
  }
}
