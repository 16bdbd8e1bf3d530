import { formatNumber } from '@gankit/core'
import type { Check } from './check.ts'
import { measureDiversity } from './distances.ts'

/** Fakes whose mean distance is this share of the real samples' are one picture, whatever directions they vary in. */
const onePicture = 0.15
/** Fakes that vary in so few directions, and are nearer than real samples, are two or three pictures over and over. */
const fewPictures = { distance: 0.75, rank: 0.15 }

/** G makes nearly the same whatever the latents: its fakes differ far less than as many real samples do. */
export function generatorCollapsed(): Check {
  return {
    samples({ fakes, count, realDiversity: real }) {
      const fake = measureDiversity(fakes, count)
      const [distance, rank] = [fake.distance / real.distance, fake.rank / real.rank]
      const collapsed = distance < onePicture || (distance < fewPictures.distance && rank < fewPictures.rank)
      if (!collapsed) return undefined
      return {
        evidence: `fakes lie ${formatNumber(fake.distance)} apart, ${formatNumber(distance)} of the ${formatNumber(real.distance)} of as many real samples, and vary in ${formatNumber(fake.rank)} directions against ${formatNumber(real.rank)}`,
        advice:
          'start anew from another seed with lower learning rates; more updates of D before each of G, batch norm in G, larger batches, or a gradient penalty help; so does a checkpoint from before',
      }
    },
  }
}
