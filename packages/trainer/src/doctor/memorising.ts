import { formatNumber as figure } from '@gankit/core'
import { nearestDistances } from './distances.ts'
import { median } from './median.ts'
import type { Symptom } from './symptom.ts'

/** Real samples, and how far each of some of them is from its nearest other. */
export interface Neighbourhood {
  /** [n, size], row-major. */
  readonly samples: Float32Array
  readonly size: number
  readonly nearest: Float64Array
}

/**
 * @param samples real samples [n, size], row-major
 * @param count of how many the nearest other is looked for: the first ones
 */
export function neighbourhoodOf(samples: Float32Array, size: number, count: number): Neighbourhood {
  const some = samples.subarray(0, count * size)
  return { samples, size, nearest: nearestDistances(some, samples, size, { themselves: true }) }
}

/** Real samples below which nothing is said. */
const enough = 64
/** Nearer than this share of the median distance between real neighbours is a copy. */
const copy = 0.4
/** Share of fakes that are copies, and times the share of real samples that are. */
const many = { share: 0.2, times: 3 }

/**
 * G gives back samples that it was trained on: far more fakes than real samples lie far nearer to a real one than
 * real ones do. A G that knows N samples by heart is found where the neighbourhood has a fifth of them.
 * @param fakes [n, size], row-major
 */
export function memorising(fakes: Float32Array, real: Neighbourhood): Symptom | undefined {
  if (real.samples.length < enough * real.size) return undefined
  const usual = median(real.nearest)
  // Data that are full of doubles have no distance to compare with.
  if (!(usual > 0)) return undefined
  const within = copy * usual
  const counts = { of: fakes.length / real.size, among: real.nearest.length }
  const own = nearestDistances(fakes, real.samples, real.size, { within }).filter(Number.isFinite).length
  const others = real.nearest.filter(distance => distance <= within).length
  if (!(own >= many.share * counts.of && own / counts.of > (many.times * others) / counts.among))
    return undefined
  const nearest = median(nearestDistances(fakes, real.samples, real.size))
  return {
    evidence: `${own} of ${counts.of} fakes lie within ${figure(within)} of a real sample, and ${others} of ${counts.among} real ones of another; the median distance to the nearest is ${figure(nearest)} for fakes and ${figure(usual)} for real samples`,
    advice: 'train on more data, augment them, make both networks smaller, use dropout in D, or stop earlier',
  }
}
