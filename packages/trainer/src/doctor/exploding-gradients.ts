import { formatNumber as figure } from '@gankit/core'
import type { RollbackEvent } from '../events.ts'
import { median } from './median.ts'
import { straightLine } from './straight-line.ts'
import type { Reading, Symptom } from './symptom.ts'

export interface ExplodingGradientsOptions {
  /** Readings that the median and the growth are taken over. Default 10. */
  readonly window?: number
}

/** Times the median that is no noise any more. */
const jump = 100
/** Times that a gradient grows over the window, on a straight line of its logarithm that explains so much. */
const growth = { times: 100, explained: 0.9 }
/** Below this length a gradient harms nothing, however small it was before. */
const harmless = 10
/** Above this one it has exploded, even if that was before anyone looked. */
const absurd = 1e5

const advice =
  'lower the learning rate, or limit the gradient (clipNorm); for D also a gradient penalty, or an objective whose gradient is bounded'

/**
 * The gradient of a network is far above its running median, has grown exponentially over a window, or is absurd
 * or not finite.
 * @param readings oldest first. NaN is a player that did not move
 */
export function explodingGradients(
  readings: readonly Reading[],
  { window = 10 }: ExplodingGradientsOptions = {},
): Symptom | undefined {
  const players = [
    ['D', readings.map(({ gradientD }) => gradientD)],
    ['G', readings.map(({ gradientG }) => gradientG)],
  ] as const
  for (const [player, all] of players) {
    const evidence = explosion(
      all.filter(norm => !Number.isNaN(norm)),
      window,
    )
    if (evidence) return { evidence: `the gradient of ${player} ${evidence}`, advice }
  }
  return undefined
}

/** A rollback as a symptom: a gradient or a loss that is not finite is the end of an explosion. */
export function notFinite({ player, what, step, to }: RollbackEvent): Symptom {
  return {
    evidence: `the ${what} of the ${player} was not finite after step ${step}; the run went back to ${to}`,
    advice,
  }
}

function explosion(norms: readonly number[], window: number): string | undefined {
  const now = norms.at(-1)
  if (now === undefined || now < harmless) return undefined
  const before = norms.slice(-window - 1, -1)
  const usual = median(before)
  if (now > absurd) return `is ${figure(now)} long`
  if (before.length >= 3 && now > jump * usual)
    return `is ${figure(now)} long, against ${figure(usual)}, the median of the ${before.length} readings before`
  const latest = norms.slice(-window)
  if (latest.length < window) return undefined
  const { slope, explained } = straightLine(latest.map(Math.log))
  const times = Math.exp(slope * (window - 1))
  if (!(times > growth.times && explained > growth.explained)) return undefined
  return `grew ${figure(times)}-fold in ${window} readings, to ${figure(now)}, by a factor of ${figure(Math.exp(slope))} from each to the next`
}
