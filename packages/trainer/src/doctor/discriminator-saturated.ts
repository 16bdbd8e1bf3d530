import { formatNumber } from '@gankit/core'
import { type Check, type Diagnosis, findDiscriminators, type ReadingsContext, shortName } from './check.ts'
import { median } from './statistics.ts'

/** Steps through which D must have been saturated, where readings are that dense. */
const saturatedSteps = 300
/** Readings that must agree at least, and at most. */
const windowSize = { min: 6, max: 60 }
/** A loss this near to its minimum is as good as there, as a share of the way from the minimum up to the equilibrium. */
const nearMinimum = 0.03
/** Share of the readings that must agree, so that one lucky batch of G is not a recovery. */
const minAgreeing = 0.9
/** D's loss of cross-entropy where D can't tell fakes from real samples. */
const crossEntropyEquilibrium = 2 * Math.LN2

/**
 * A discriminator tells all fakes: its loss is at its minimum and D(fake) near 0 through a whole window, so that G gets
 * next to no gradient, or one without a direction. Silent for objectives whose loss of D is 0 or less at the
 * equilibrium, such as Wasserstein's: there a small loss says nothing.
 */
export function discriminatorSaturated(): Check {
  return {
    readings(context) {
      const latest = context.readings.at(-1)
      for (const player of latest ? findDiscriminators(latest.values) : []) {
        const diagnosis = diagnose(player, context)
        if (diagnosis) return diagnosis
      }
      return undefined
    },
  }
}

function diagnose(
  player: string,
  { readings, every, scalars, objective, minimumLoss }: ReadingsContext,
): Diagnosis | undefined {
  const window = Math.min(Math.max(windowSize.min, Math.ceil(saturatedSteps / every)), windowSize.max)
  if (readings.length < window) return undefined
  const equilibrium =
    objective?.equilibrium.discriminator ??
    scalars.find(({ name }) => name === `${player}/loss`)?.equilibrium ??
    crossEntropyEquilibrium
  if (!(equilibrium > 0 && equilibrium > minimumLoss)) return undefined
  const latest = readings.slice(-window).map(({ step, values }) => ({
    step,
    loss: values[`${player}/loss`]!,
    real: values[`${player}/real`]!,
    fake: values[`${player}/fake`]!,
  }))
  const saturated = latest.filter(({ loss, real, fake }) => {
    const atMinimum = Math.abs(loss - minimumLoss) <= nearMinimum * (equilibrium - minimumLoss)
    // Where only the difference of logits counts, and in losses with margins, D(fake) need not go to 0.
    const isSure = objective ? objective.comparesWithReal || fake < 0.5 : fake < 0.05 && real > 0.95
    return atMinimum && isSure
  })
  if (saturated.length < minAgreeing * window || !saturated.includes(latest.at(-1)!)) return undefined
  const [loss, fake] = [median(latest.map(({ loss }) => loss)), median(latest.map(({ fake }) => fake))]
  const name = shortName(player)
  return {
    evidence: `from step ${latest[0]!.step} to ${latest.at(-1)!.step} the loss of ${name} was ${formatNumber(loss)}, where ${formatNumber(minimumLoss)} is the minimum and ${formatNumber(equilibrium)} the equilibrium, and ${name}(fake) ${formatNumber(fake)} (medians of ${window} readings)`,
    advice:
      "make D weaker: a lower learning rate of D, dropout or instance noise in D, a smaller D, or a gradient penalty; with an objective that saturates ('minimax'), take 'non-saturating'",
  }
}
