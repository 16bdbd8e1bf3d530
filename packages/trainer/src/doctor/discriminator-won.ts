import { formatNumber as figure, type Objective } from '@gankit/core'
import { median } from './median.ts'
import type { Reading, Symptom } from './symptom.ts'

export interface DiscriminatorWonOptions {
  /** What the run trains for. Without it D's loss is taken for a cross-entropy. */
  readonly objective?: Pick<Objective, 'equilibrium' | 'comparesWithReal'>
  /** What D's loss is when D tells all fakes, see `leastLoss`. Default 0. */
  readonly least?: number
  /** Latest readings that must agree. Default 6. */
  readonly window?: number
}

/** Of the way from the least that D's loss can be up to its equilibrium, what is as good as nothing. */
const nothing = 0.03
/** Of readings, so that one lucky batch of G is not a recovery. */
const most = 0.9
/** D's loss of cross-entropy where D can't tell. */
const crossEntropy = 2 * Math.LN2

/**
 * D tells all fakes: its loss and D(fake) are as good as 0 through a whole window, so G gets next to no gradient, or
 * none that says where to go. Silent for objectives whose loss of D is 0 or less at the equilibrium, such as
 * Wasserstein's: there a small loss says nothing.
 * @param readings oldest first
 */
export function discriminatorWon(
  readings: readonly Reading[],
  { objective, least = 0, window = 6 }: DiscriminatorWonOptions = {},
): Symptom | undefined {
  if (readings.length < window) return undefined
  const equilibrium = objective?.equilibrium.discriminator ?? crossEntropy
  if (!(equilibrium > 0 && equilibrium > least)) return undefined
  const latest = readings.slice(-window)
  const won = latest.filter(({ lossD, dFake, dReal }) => {
    const lost = Math.abs(lossD - least) <= nothing * (equilibrium - least)
    // Where only the difference of logits counts, and in losses with margins, D(fake) need not go to 0.
    const told = objective ? objective.comparesWithReal || dFake < 0.5 : dFake < 0.05 && dReal > 0.95
    return lost && told
  })
  if (won.length < most * window || !won.includes(latest.at(-1)!)) return undefined
  const [lossD, dFake] = [median(latest.map(({ lossD }) => lossD)), median(latest.map(({ dFake }) => dFake))]
  return {
    evidence: `from step ${latest[0]!.step} to ${latest.at(-1)!.step} D's loss was ${figure(lossD)}, where ${figure(least)} is the least and ${figure(equilibrium)} the equilibrium, and D(fake) ${figure(dFake)} (medians of ${window} readings)`,
    advice:
      "make D weaker: a lower learning rate of D, dropout or instance noise in D, a smaller D, or a gradient penalty; with an objective that saturates ('minimax'), take 'non-saturating'",
  }
}
