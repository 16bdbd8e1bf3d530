import { checkInteger } from '@gankit/core'
import { checkRows, checkSameSize, checkVaried, type FeatureRows } from '../features/feature-rows.ts'
import { type FastProducts, fastProducts } from '../linear/fast-products.ts'
import { centerRows, type Rows } from '../linear/rows.ts'
import { squaredRadii } from './radii.ts'
import { distanceBounds, squaredDistance } from './squared-distances.ts'

interface NeighborMetricsOptions {
  /** k of precision and recall. Default 3. */
  readonly precisionNeighbors?: number
  /** k of density and coverage. Default 5. */
  readonly coverageNeighbors?: number
}

/** None has a unit. Density may exceed 1; the others are shares from 0 to 1. */
export interface NeighborMetrics {
  readonly precision: number
  readonly recall: number
  readonly density: number
  readonly coverage: number
}

/**
 * Precision, recall, density and coverage, from balls around samples: the radius of a ball is the distance of its center
 * from the kth nearest sample of the same set.
 *
 *     precision   share of fakes in any real ball       Kynkäänniemi et al. 2019, arXiv 1904.06991, equation 2
 *     recall      share of real samples in any fake ball
 *     density     real balls that hold a fake, on average over fakes, divided by k
 *     coverage    share of real balls that hold a fake   Naeem et al. 2020, arXiv 2002.09797, equations 5 and 8
 *
 * A sample on the rim is in the ball. Of equal distributions density is 1, coverage 1 − Π (n − i)/(2n − i) with i from 1 to
 * k, about 0.97 for k = 5. The backend's products decide where their error bound allows, and float64 elsewhere, so the
 * values don't depend on the backend. Memory: some blocks of 2¹⁹ numbers, and both sets twice more.
 *
 * @throws GankitError for fewer than k + 1 samples, rows of other lengths, or real features that are all the same
 */
export async function neighborMetrics(
  real: FeatureRows,
  fake: FeatureRows,
  options: NeighborMetricsOptions = {},
): Promise<NeighborMetrics> {
  const { precisionNeighbors = 3, coverageNeighbors = 5 } = options
  checkInteger('metrics', 'precisionNeighbors', precisionNeighbors, 1)
  checkInteger('metrics', 'coverageNeighbors', coverageNeighbors, 1)
  checkRows('the real features', real, Math.max(precisionNeighbors, coverageNeighbors) + 1)
  checkRows('the fake features', fake, precisionNeighbors + 1)
  checkSameSize(real, fake)
  checkVaried('the real features', real)
  const [realRows, fakeRows] = centerRows(real, fake)
  const products = await fastProducts(realRows, fakeRows)
  const [narrow, wide] = await squaredRadii(real, realRows, products, [precisionNeighbors, coverageNeighbors])
  const [ofFake] = await squaredRadii(fake, fakeRows, products, [precisionNeighbors])
  const hits = await countHits(real, fake, { realRows, fakeRows, products }, [narrow!, wide!, ofFake!])
  return {
    precision: computeShare(hits.fakeInReal),
    recall: computeShare(hits.realInFake),
    density: hits.held / (coverageNeighbors * fake.count),
    coverage: computeShare(hits.realHolds),
  }
}

/** Which balls hold which samples; 1 for yes. */
interface BallHits {
  readonly fakeInReal: Uint8Array
  readonly realInFake: Uint8Array
  readonly realHolds: Uint8Array
  /** Pairs of a real ball and a fake in it. */
  readonly held: number
}

/** @param radii squared: of real balls for precision, of real balls for coverage, of fake balls */
async function countHits(
  real: FeatureRows,
  fake: FeatureRows,
  { realRows, fakeRows, products }: { realRows: Rows; fakeRows: Rows; products: FastProducts },
  [narrow, wide, ofFake]: readonly [Float64Array, Float64Array, Float64Array],
): Promise<BallHits> {
  const fakeInReal = new Uint8Array(fake.count)
  const realInFake = new Uint8Array(real.count)
  const realHolds = new Uint8Array(real.count)
  let held = 0
  for await (const { row, lower, upper } of distanceBounds(realRows, fakeRows, products)) {
    const [inner, outer] = [Math.min(narrow[row]!, wide[row]!), Math.max(narrow[row]!, wide[row]!)]
    for (let j = 0; j < fake.count; j++) {
      const own = ofFake[j]!
      let distance = upper[j]!
      if (lower[j]! > outer && lower[j]! > own) continue
      if (!(distance <= inner && distance <= own)) distance = squaredDistance(real, row, fake, j)
      if (distance <= narrow[row]!) fakeInReal[j] = 1
      if (distance <= own) realInFake[row] = 1
      if (distance > wide[row]!) continue
      realHolds[row] = 1
      held++
    }
  }
  return { fakeInReal, realInFake, realHolds, held }
}

function computeShare(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length
}
