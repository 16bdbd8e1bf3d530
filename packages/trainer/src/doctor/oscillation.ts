import { formatNumber as figure, type Objective } from '@gankit/core'
import { type Rhythm, rhythmOf } from './rhythm.ts'
import type { Reading, Symptom } from './symptom.ts'

export interface OscillationOptions {
  /** What the run trains for: losses swing as against its equilibrium. Without it, as against their mean. */
  readonly objective?: Pick<Objective, 'equilibrium'>
  /** Latest readings, evenly spaced, in which at least three periods must fit. Default 32. */
  readonly window?: number
}

/** Correlation after one period, and its opposite after half of one. */
const regular = 0.65
/** From trough to peak: of D(fake), a probability, and of a loss as a share of its scale. */
const large = { probability: 0.3, share: 1 }
/** Below this the swing dies away. */
const lasting = 0.8

/**
 * The players chase each other in circles: D(fake) or a loss swings far, regularly, and does not damp.
 * @param readings oldest first, evenly spaced
 */
export function oscillation(
  readings: readonly Reading[],
  { objective, window = 32 }: OscillationOptions = {},
): Symptom | undefined {
  if (readings.length < window) return undefined
  const latest = readings.slice(-window)
  const equilibrium = objective?.equilibrium
  const lossesD = latest.map(({ lossD }) => lossD)
  const lossesG = latest.map(({ lossG }) => lossG)
  const series = [
    ['D(fake)', latest.map(({ dFake }) => dFake), large.probability],
    ["D's loss", lossesD, large.share * scaleOf(lossesD, equilibrium?.discriminator)],
    ["G's loss", lossesG, large.share * scaleOf(lossesG, equilibrium?.generator)],
  ] as const
  for (const [name, values, least] of series) {
    const rhythm = rhythmOf(values)
    if (rhythm && rhythm.swing >= least && rhythm.strength >= regular && rhythm.growth >= lasting)
      return symptom(name, rhythm, latest)
  }
  return undefined
}

function scaleOf(losses: readonly number[], equilibrium: number | undefined): number {
  // Wasserstein's equilibrium is 0, which is no scale.
  if (equilibrium) return Math.abs(equilibrium)
  return Math.abs(losses.reduce((sum, loss) => sum + loss, 0) / losses.length)
}

function symptom(
  name: string,
  { period, strength, swing, growth }: Rhythm,
  latest: readonly Reading[],
): Symptom {
  const [first, last] = [latest[0]!.step, latest.at(-1)!.step]
  const steps = (period * (last - first)) / (latest.length - 1)
  return {
    evidence: `from step ${first} to ${last} ${name} swung by ${figure(swing)} every ${Math.round(steps)} steps (correlation after one period and after half of one: ${figure(strength)}), in the second half ${figure(growth)} times as far as in the first`,
    advice:
      'lower both learning rates or the momentum (beta1 of 0 to 0.5), let D move first instead of both at once, add a gradient penalty, and draw samples from the moving average of G (averageDecay)',
  }
}
