import { formatNumber as figure } from '@gankit/core'
import { meanPairwiseDistance } from './distances.ts'
import { effectiveRank } from './effective-rank.ts'
import type { Symptom } from './symptom.ts'

/** How much samples differ from one another. */
export interface Spread {
  /** Their mean pairwise distance. */
  readonly distance: number
  /** In how many directions they vary, see `effectiveRank`. */
  readonly rank: number
}

/** @param samples [count, d], row-major */
export function spreadOf(samples: ArrayLike<number>, count: number): Spread {
  return { distance: meanPairwiseDistance(samples, count), rank: effectiveRank(samples, count) }
}

/** Fakes this near to one another are one picture, whatever directions they vary in. */
const one = 0.15
/** Fakes that vary in so few directions, and are nearer than real samples, are two or three pictures over and over. */
const few = { distance: 0.75, rank: 0.15 }

/**
 * G gives nearly the same whatever the latents: its fakes differ far less than as many real samples do.
 * @param fake spread of the fakes
 * @param real spread of as many real samples
 */
export function generatorCollapsed(fake: Spread, real: Spread): Symptom | undefined {
  const [distance, rank] = [fake.distance / real.distance, fake.rank / real.rank]
  if (!(distance < one || (distance < few.distance && rank < few.rank))) return undefined
  return {
    evidence: `fakes lie ${figure(fake.distance)} apart, ${figure(distance)} of the ${figure(real.distance)} of as many real samples, and vary in ${figure(fake.rank)} directions against ${figure(real.rank)}`,
    advice:
      'start anew from another seed with lower learning rates; more moves of D before each of G, batch norm in G, larger batches, or a gradient penalty help; so does a checkpoint from before',
  }
}
