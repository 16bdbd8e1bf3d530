import {
  checkInteger,
  checkOption,
  type Latent,
  latentNumbers,
  type RandomStream,
  randomStream,
} from '@gankit/core'
import { latentPath } from '@gankit/inference'
import { checkRows, type FeatureRows, throwDataError } from '../features/feature-rows.ts'
import { squaredDistance } from '../neighbors/squared-distances.ts'
import { mean } from '../statistics.ts'

interface PathLengthOptions {
  /** Points on paths that are averaged over. Default 10,000. */
  readonly samples?: number
  /** Points at once; the features of twice as many latents are computed. Default 64. */
  readonly batch?: number
  /** ε, the length of a step on a path from 0 to 1. Default 1e-4. */
  readonly epsilon?: number
  /** Seed of latents and points. Default 0. */
  readonly seed?: number
}

/** Draws samples from `count` latents, [count, latent.size] row-major, and extracts their features. */
export type LatentsToFeatures = (latents: Float32Array, count: number) => FeatureRows | Promise<FeatureRows>

/**
 * The perceptual path length (Karras et al. 2018, arXiv 1812.04948, section 4.1), of features f(G(z)):
 *
 *     E ‖f(G(z(t))) − f(G(z(t + ε)))‖² / ε²
 *
 * z(t) a point, uniform, on the path between two latents: their great circle for a normal prior, the line between them
 * for a uniform one. The mean is over the values between the 1st and the 99th percentile. In squares of the features'
 * unit. Less is smoother; a generator whose pictures are all the same has 0.
 *
 * @throws GankitError for options out of range, and where `features` doesn't give one finite row per latent
 */
export async function perceptualPathLength(
  features: LatentsToFeatures,
  latent: Latent,
  options: PathLengthOptions = {},
): Promise<number> {
  const { samples = 10_000, batch = 64, epsilon = 1e-4, seed = 0 } = options
  checkInteger('metrics', 'samples', samples, 1)
  checkInteger('metrics', 'batch', batch, 1)
  checkOption('metrics', 'epsilon', epsilon, epsilon > 0 && epsilon < 1, 'a number between 0 and 1')
  const lengths = new Float64Array(samples)
  for (let from = 0; from < samples; from += batch) {
    const count = Math.min(batch, samples - from)
    const steps = drawSteps(latent, count, epsilon, randomStream(seed, 'metrics/path-length', from))
    const rows = await features(steps, 2 * count)
    checkRows('the features of latents', rows, 2 * count)
    if (rows.count !== 2 * count)
      throwDataError(
        `${2 * count} latents gave features of ${rows.count} samples, expected one each: check the function that extracts them`,
      )
    for (let i = 0; i < count; i++)
      lengths[from + i] = squaredDistance(rows, i, rows, count + i) / epsilon ** 2
  }
  return trimmedMean(lengths)
}

/** `count` points on paths, then the same ones a step farther. @returns [2·count, latent.size] */
function drawSteps(latent: Latent, count: number, epsilon: number, random: RandomStream): Float32Array {
  const { size } = latent
  const draw = () => latentNumbers(latent, count, random)
  const [from, to, places] = [draw(), draw(), random.uniform(count)]
  const steps = new Float32Array(2 * count * size)
  const path = latentPath(latent)
  for (let i = 0; i < count; i++)
    for (const [row, place] of [
      [i, places[i]!],
      [count + i, places[i]! + epsilon],
    ] as const) {
      const [a, b] = [from, to].map(latents => latents.subarray(i * size, (i + 1) * size))
      steps.set(path(a!, b!, place), row * size)
    }
  return steps
}

/** The mean from the 1st percentile, rounded down, to the 99th, rounded up, as in the authors' code. */
function trimmedMean(values: Float64Array): number {
  const sorted = values.toSorted()
  const last = sorted.length - 1
  const [low, high] = [sorted[Math.floor(0.01 * last)]!, sorted[Math.ceil(0.99 * last)]!]
  const kept = sorted.filter(value => value >= low && value <= high)
  return mean([...kept])
}
