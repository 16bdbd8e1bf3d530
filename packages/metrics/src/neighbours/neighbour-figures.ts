import { checkRows, checkSameSize, checkVaried, checkWhole, type FeatureRows } from '../feature-rows.ts'
import { type FastProducts, fastProducts } from '../linear/fast-products.ts'
import { centredRows, type Rows } from '../linear/rows.ts'
import { distanceBounds } from './distance-bounds.ts'
import { squaredRadii } from './radii.ts'
import { squaredDistance } from './squared-distance.ts'

export interface NeighbourOptions {
  /** k of precision and recall. Default 3. */
  readonly precisionNeighbours?: number
  /** k of density and coverage. Default 5. */
  readonly coverageNeighbours?: number
}

/** None has a unit. Density may exceed 1; the others are shares. */
export interface NeighbourFigures {
  readonly precision: number
  readonly recall: number
  readonly density: number
  readonly coverage: number
}

/**
 * What the balls around samples hold, each as wide as its centre is far from the kth nearest sample of its own set:
 *
 *     precision   share of fakes in any real ball       Kynkäänniemi et al. 2019, arXiv 1904.06991, equation 2
 *     recall      share of real samples in any fake ball
 *     density     real balls that hold a fake, on average over fakes, divided by k
 *     coverage    share of real balls that hold a fake   Naeem et al. 2020, arXiv 2002.09797, equations 5 and 8
 *
 * A sample on the rim is in the ball. The backend's products decide where they are sure, and float64 where they aren't,
 * so the figures don't depend on the backend. Memory: some blocks of 2¹⁹ numbers, and both sets twice more.
 */
export async function neighbourFigures(
  real: FeatureRows,
  fake: FeatureRows,
  options: NeighbourOptions = {},
): Promise<NeighbourFigures> {
  const { precisionNeighbours = 3, coverageNeighbours = 5 } = options
  checkWhole('precisionNeighbours', precisionNeighbours, 1)
  checkWhole('coverageNeighbours', coverageNeighbours, 1)
  checkRows('the real features', real, Math.max(precisionNeighbours, coverageNeighbours) + 1)
  checkRows('the fake features', fake, precisionNeighbours + 1)
  checkSameSize(real, fake)
  checkVaried('the real features', real)
  const [realRows, fakeRows] = centredRows(real, fake)
  const products = await fastProducts(realRows, fakeRows)
  const [narrow, wide] = await squaredRadii(real, realRows, products, [
    precisionNeighbours,
    coverageNeighbours,
  ])
  const [ofFake] = await squaredRadii(fake, fakeRows, products, [precisionNeighbours])
  const seen = await meet(real, fake, { realRows, fakeRows, products }, [narrow!, wide!, ofFake!])
  return {
    precision: share(seen.fakeInReal),
    recall: share(seen.realInFake),
    density: seen.held / (coverageNeighbours * fake.count),
    coverage: share(seen.realHolds),
  }
}

interface Seen {
  readonly fakeInReal: Uint8Array
  readonly realInFake: Uint8Array
  readonly realHolds: Uint8Array
  /** Pairs of a real ball and a fake in it. */
  readonly held: number
}

/** @param radii squared: of real balls for precision, of those for coverage, of fake ones */
async function meet(
  real: FeatureRows,
  fake: FeatureRows,
  { realRows, fakeRows, products }: { realRows: Rows; fakeRows: Rows; products: FastProducts },
  [narrow, wide, ofFake]: readonly [Float64Array, Float64Array, Float64Array],
): Promise<Seen> {
  const fakeInReal = new Uint8Array(fake.count)
  const realInFake = new Uint8Array(real.count)
  const realHolds = new Uint8Array(real.count)
  let held = 0
  for await (const { row, lower, upper } of distanceBounds(realRows, fakeRows, products)) {
    const [least, most] = [Math.min(narrow[row]!, wide[row]!), Math.max(narrow[row]!, wide[row]!)]
    for (let j = 0; j < fake.count; j++) {
      const own = ofFake[j]!
      let distance = upper[j]!
      if (lower[j]! > most && lower[j]! > own) continue
      if (!(distance <= least && distance <= own)) distance = squaredDistance(real, row, fake, j)
      if (distance <= narrow[row]!) fakeInReal[j] = 1
      if (distance <= own) realInFake[row] = 1
      if (distance > wide[row]!) continue
      realHolds[row] = 1
      held++
    }
  }
  return { fakeInReal, realInFake, realHolds, held }
}

function share(marks: Uint8Array): number {
  return marks.reduce((sum, mark) => sum + mark, 0) / marks.length
}
