import { formatNumber } from '@gankit/core'
import type { Check } from './check.ts'
import { nearestDistances } from './distances.ts'
import { median } from './statistics.ts'

/** Fewer real samples say nothing. */
const minRealSamples = 64
/** A fake nearer to a real sample than this share of the median distance between real neighbors is a copy. */
const copyDistance = 0.4
/** Share of fakes that are copies, and times the share of real samples that are. */
const manyCopies = { share: 0.2, times: 3 }

/**
 * G gives back samples that it was trained on: far more fakes than real samples lie far nearer to a real one than
 * real ones do. A G that knows N samples by heart is found where a fifth of them is among the real samples kept.
 */
export function memorization(): Check {
  return {
    samples({ fakes, real }) {
      if (real.samples.length < minRealSamples * real.size) return undefined
      const usual = median(real.nearest)
      // Data that are full of doubles have no distance to compare with.
      if (!(usual > 0)) return undefined
      const within = copyDistance * usual
      const counts = { fakes: fakes.length / real.size, real: real.nearest.length }
      const copies = nearestDistances(fakes, real.samples, real.size, { within }).filter(
        Number.isFinite,
      ).length
      const doubles = real.nearest.filter(distance => distance <= within).length
      const isMany =
        copies >= manyCopies.share * counts.fakes &&
        copies / counts.fakes > (manyCopies.times * doubles) / counts.real
      if (!isMany) return undefined
      const nearest = median(nearestDistances(fakes, real.samples, real.size))
      return {
        evidence: `${copies} of ${counts.fakes} fakes lie within ${formatNumber(within)} of a real sample, and ${doubles} of ${counts.real} real ones of another; the median distance to the nearest is ${formatNumber(nearest)} for fakes and ${formatNumber(usual)} for real samples`,
        advice:
          'train on more data, augment them, make both networks smaller, use dropout in D, or stop earlier',
      }
    },
  }
}
