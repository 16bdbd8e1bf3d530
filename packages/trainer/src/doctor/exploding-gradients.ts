import { formatNumber } from '@gankit/core'
import { type Check, type Reading, shortName } from './check.ts'
import { fitLine, median } from './statistics.ts'

/** Readings that the median and the growth are taken over. */
const windowSize = 10
/** A gradient so many times the median is no noise any more. */
const jumpFactor = 100
/** Growth over the window that is an explosion, on a line through its logarithms that explains so much of them. */
const minGrowth = { factor: 100, explained: 0.9 }
/** Below this length a gradient harms nothing, however small it was before. */
const harmlessNorm = 10
/** Above this length a gradient has exploded, even if that was before the first reading. */
const absurdNorm = 1e5

const advice =
  'lower the learning rate, or limit the gradient (clipNorm); for D also a gradient penalty, or an objective whose gradient is bounded'

/**
 * The gradient of a player is far above its running median, has grown exponentially over a window, or is absurd or not
 * finite. The warm-up counts: what a gradient was at first says what it should be.
 */
export function explodingGradients(): Check {
  return {
    readings({ all }) {
      for (const player of findPlayers(all)) {
        const norms = all.map(({ values }) => values[`${player}/gradient`]!)
        const evidence = describeExplosion(
          norms.filter(norm => !Number.isNaN(norm)),
          windowSize,
        )
        if (evidence) return { evidence: `the gradient of ${shortName(player)} ${evidence}`, advice }
      }
      return undefined
    },
    rollback: ({ player, cause, step, to }) => ({
      evidence: `the ${cause} of the ${player} was not finite after step ${step}; the run went back to ${to}`,
      advice,
    }),
  }
}

function findPlayers(readings: readonly Reading[]): string[] {
  const names = Object.keys(readings.at(-1)?.values ?? {})
  return names.flatMap(name => (name.endsWith('/gradient') ? [name.slice(0, -'/gradient'.length)] : []))
}

function describeExplosion(norms: readonly number[], window: number): string | undefined {
  const now = norms.at(-1)
  if (now === undefined || now < harmlessNorm) return undefined
  const before = norms.slice(-window - 1, -1)
  const usual = median(before)
  if (now > absurdNorm) return `is ${formatNumber(now)} long`
  if (before.length >= 3 && now > jumpFactor * usual)
    return `is ${formatNumber(now)} long, against ${formatNumber(usual)}, the median of the ${before.length} readings before`
  const latest = norms.slice(-window)
  if (latest.length < window) return undefined
  const { slope, explained } = fitLine(latest.map(Math.log))
  const times = Math.exp(slope * (window - 1))
  if (!(times > minGrowth.factor && explained > minGrowth.explained)) return undefined
  return `grew ${formatNumber(times)}-fold in ${window} readings, to ${formatNumber(now)}, by a factor of ${formatNumber(Math.exp(slope))} from each to the next`
}
