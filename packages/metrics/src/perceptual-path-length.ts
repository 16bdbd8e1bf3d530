import { GankitError, type Latent, latentNumbers, type RandomStream, randomStream } from '@gankit/core'
import { latentPath } from '@gankit/inference'
import { checkRows, checkWhole, type FeatureRows, refuse } from './feature-rows.ts'

export interface PathLengthOptions {
  /** Places on paths. Default 10,000. */
  readonly samples?: number
  /** Places at once; the features are asked of twice as many latents. Default 64. */
  readonly batch?: number
  /** ε, the length of a step, of a path from 0 to 1. Default 1e-4. */
  readonly epsilon?: number
  /** Seed of latents and places. Default 0. */
  readonly seed?: number
}

/** The features of what a generator makes of `count` latents, [count, latent.size] row-major. */
export type FeaturesOfLatents = (latents: Float32Array, count: number) => FeatureRows | Promise<FeatureRows>

/**
 * The perceptual path length (Karras et al. 2018, arXiv 1812.04948, section 4.1), of features f(G(z)):
 *
 *     E ‖f(G(z(t))) − f(G(z(t + ε)))‖² / ε²
 *
 * z(t) a place, uniform, on the path between two latents: their great circle for a normal prior, the line between them
 * for a uniform one. The mean is over what lies between the 1st and the 99th percentile. In squares of the features'
 * unit. Less is smoother; a generator whose pictures are all the same has 0.
 */
export async function perceptualPathLength(
  features: FeaturesOfLatents,
  latent: Latent,
  options: PathLengthOptions = {},
): Promise<number> {
  const { samples = 10_000, batch = 64, epsilon = 1e-4, seed = 0 } = options
  checkWhole('samples', samples, 1)
  checkWhole('batch', batch, 1)
  if (!(epsilon > 0 && epsilon < 1))
    throw new GankitError('metrics', 'option', `epsilon is ${epsilon}, expected a number between 0 and 1`)
  const lengths = new Float64Array(samples)
  for (let from = 0; from < samples; from += batch) {
    const count = Math.min(batch, samples - from)
    const steps = drawSteps(latent, count, epsilon, randomStream(seed, 'metrics/path-length', from))
    const rows = await features(steps, 2 * count)
    checkRows('the features of latents', rows, 2 * count)
    if (rows.count !== 2 * count)
      refuse(
        `${2 * count} latents gave features of ${rows.count} samples, expected one each: look at the function`,
      )
    for (let i = 0; i < count; i++) lengths[from + i] = squaredStep(rows, i, count + i) / epsilon ** 2
  }
  return trimmedMean(lengths)
}

/** `count` places on paths, then those a step farther. @returns [2·count, latent.size] */
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

function squaredStep({ values, size }: FeatureRows, i: number, j: number): number {
  let sum = 0
  for (let k = 0; k < size; k++) sum += (values[i * size + k]! - values[j * size + k]!) ** 2
  return sum
}

/** The mean from the 1st percentile, rounded down, to the 99th, rounded up, as in the authors' code. */
function trimmedMean(values: Float64Array): number {
  const sorted = values.toSorted()
  const last = sorted.length - 1
  const [least, most] = [sorted[Math.floor(0.01 * last)]!, sorted[Math.ceil(0.99 * last)]!]
  const kept = sorted.filter(value => value >= least && value <= most)
  return kept.reduce((sum, value) => sum + value, 0) / kept.length
}
