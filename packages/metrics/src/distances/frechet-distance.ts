import { checkSameSize, throwDataError } from '../features/feature-rows.ts'
import { rootTrace } from '../linear/root-trace.ts'
import type { Moments } from './moments.ts'

/**
 * The Fréchet distance of two sets of features, taken as normal (Heusel et al. 2017, arXiv 1706.08500, equation 6):
 *
 *     ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2·(Σ₁Σ₂)^½)
 *
 * 0 for equal moments; in squares of the features' unit. It is the FID where the features are those of Inception-v3 with
 * the weights of that paper. It falls as the number of samples grows, whatever the generator, so only distances of equal
 * numbers of samples compare: see `frechetInfinity`.
 *
 * @throws GankitError unless there are more samples than features: the covariance is unknown in some directions otherwise
 */
export function frechetDistance(a: Moments, b: Moments): number {
  checkSameSize(a, b)
  for (const moments of [a, b]) checkMoments(moments)
  let distance = 0
  for (let i = 0; i < a.size; i++) {
    const at = i * a.size + i
    distance += (a.mean[i]! - b.mean[i]!) ** 2 + a.covariance[at]! + b.covariance[at]!
  }
  return Math.max(0, distance - 2 * rootTrace(a.covariance, b.covariance, a.size))
}

function checkMoments({ count, size, mean, covariance }: Moments): void {
  if (!(count > size))
    throwDataError(
      `the Fréchet distance is asked of n = ${count} samples of d = ${size} features, expected more samples than ` +
        'features: take more samples or an extractor of fewer features',
    )
  if (mean.length !== size || covariance.length !== size * size)
    throwDataError(
      `moments hold ${mean.length} means and ${covariance.length} covariances for ${size} features, expected ${size} and ${size * size}: measure them anew`,
    )
  if (!mean.every(Number.isFinite) || !covariance.every(Number.isFinite))
    throwDataError(
      'moments hold numbers that are not finite, expected finite ones: measure them anew, from finite features',
    )
}
