import { formatNumber } from '@gankit/core'
import {
  type Check,
  type Diagnosis,
  findDiscriminators,
  type Reading,
  type ReadingsContext,
  shortName,
} from './check.ts'
import { detectPeriod, type Oscillation } from './period.ts'

/** Latest readings, evenly spaced, in which at least three periods must fit. */
const windowSize = 32
/** Correlation after one period, and its opposite after half of one. */
const minStrength = 0.65
/** From trough to peak: of D(fake), a probability, and of a loss as a share of its scale. */
const minSwing = { probability: 0.3, share: 1 }
/** Below this growth the swing dies away. */
const minGrowth = 0.8

/** The players chase each other in circles: D(fake) or a loss swings far, regularly, and does not damp. */
export function oscillation(): Check {
  return {
    readings(context) {
      const { readings } = context
      if (readings.length < windowSize) return undefined
      const latest = readings.slice(-windowSize)
      for (const { name, label, swing } of listSeries(latest, context)) {
        const found = detectPeriod(latest.map(({ values }) => values[name]!))
        const lasts = found && found.strength >= minStrength && found.growth >= minGrowth
        if (lasts && found.swing >= swing) return diagnose(label, found, latest)
      }
      return undefined
    },
  }
}

/** The series that may swing, and how far from trough to peak is far for each: D(fake) of every discriminator, and every loss. */
function listSeries(
  latest: readonly Reading[],
  { scalars, objective }: ReadingsContext,
): { readonly name: string; readonly label: string; readonly swing: number }[] {
  const names = Object.keys(latest.at(-1)!.values)
  const equilibria: Readonly<Record<string, number | undefined>> = {
    ...Object.fromEntries(scalars.map(({ name, equilibrium }) => [name, equilibrium])),
    ...(objective && {
      'discriminator/loss': objective.equilibrium.discriminator,
      'generator/loss': objective.equilibrium.generator,
    }),
  }
  const probabilities = findDiscriminators(latest.at(-1)!.values).map(player => ({
    name: `${player}/fake`,
    label: `${shortName(player)}(fake)`,
    swing: minSwing.probability,
  }))
  const losses = names
    .filter(name => name.endsWith('/loss'))
    .map(name => ({
      name,
      label: `the loss of ${shortName(name.slice(0, -'/loss'.length))}`,
      swing:
        minSwing.share *
        scaleOfLoss(
          latest.map(({ values }) => values[name]!),
          equilibria[name],
        ),
    }))
  return [...probabilities, ...losses]
}

function scaleOfLoss(losses: readonly number[], equilibrium: number | undefined): number {
  // Wasserstein's equilibrium is 0, which is no scale.
  if (equilibrium) return Math.abs(equilibrium)
  return Math.abs(losses.reduce((sum, loss) => sum + loss, 0) / losses.length)
}

function diagnose(
  label: string,
  { period, strength, swing, growth }: Oscillation,
  latest: readonly Reading[],
): Diagnosis {
  const [first, last] = [latest[0]!.step, latest.at(-1)!.step]
  const steps = (period * (last - first)) / (latest.length - 1)
  return {
    evidence: `from step ${first} to ${last} ${label} swung by ${formatNumber(swing)} every ${Math.round(steps)} steps (correlation after one period and after half of one: ${formatNumber(strength)}), in the second half ${formatNumber(growth)} times as far as in the first`,
    advice:
      'lower both learning rates or the momentum (beta1 of 0 to 0.5), let D move first instead of both at once, add a gradient penalty, and draw samples from the moving average of G (averageDecay)',
  }
}
