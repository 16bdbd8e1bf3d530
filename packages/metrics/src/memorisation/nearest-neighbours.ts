import { checkRows, checkSameSize, checkWhole, type FeatureRows, refuse } from '../feature-rows.ts'
import { fastProducts } from '../linear/fast-products.ts'
import { centredRows } from '../linear/rows.ts'
import { distanceBounds } from '../neighbours/distance-bounds.ts'
import { squaredDistance } from '../neighbours/squared-distance.ts'

export interface NearestNeighboursOptions {
  /** Neighbours of each fake. Default 1. */
  readonly count?: number
}

export interface NearestNeighbours {
  /** Neighbours of each fake. */
  readonly count: number
  /** [fakes, count], rows of the training set, the nearest first; of equally near ones the first. */
  readonly indices: Uint32Array
  /** [fakes, count], Euclidean, in the unit of the features. */
  readonly distances: Float64Array
}

/**
 * The training samples nearest to each fake, exactly: the backend's products say which may be among the nearest, and float64
 * decides. Features may be pixels. Memory: a block of 2¹⁹ products, and both sets twice more.
 *
 * @param fakes in rows, one a fake
 * @param training in rows of the same length, at least `count`
 * @throws GankitError for fewer training samples than `count`, other lengths, or numbers that are not finite
 */
export async function nearestNeighbours(
  fakes: FeatureRows,
  training: FeatureRows,
  { count = 1 }: NearestNeighboursOptions = {},
): Promise<NearestNeighbours> {
  checkWhole('count', count, 1)
  checkRows('the fakes', fakes, 1)
  checkRows('the training samples', training, 1)
  checkSameSize(training, fakes)
  if (training.count < count)
    refuse(
      `there are ${training.count} training samples, expected at least ${count} for as many neighbours: ask for fewer`,
    )
  const indices = new Uint32Array(fakes.count * count)
  const distances = new Float64Array(fakes.count * count)
  const [trainingRows, fakeRows] = centredRows(training, fakes)
  const products = await fastProducts(fakeRows, trainingRows)
  const bounds = new Nearest(count)
  const found = new Nearest(count)
  for await (const { row, lower, upper } of distanceBounds(fakeRows, trainingRows, products)) {
    bounds.clear()
    for (let j = 0; j < upper.length; j++) bounds.offer(j, upper[j]!)
    found.clear()
    for (let j = 0; j < lower.length; j++)
      if (lower[j]! <= bounds.farthest) found.offer(j, squaredDistance(fakes, row, training, j))
    indices.set(found.indices, row * count)
    distances.set(found.squares.map(Math.sqrt), row * count)
  }
  return { count, indices, distances }
}

/** The few nearest of all that are offered, nearest first. */
class Nearest {
  readonly indices: Uint32Array
  readonly squares: Float64Array

  constructor(count: number) {
    this.indices = new Uint32Array(count)
    this.squares = new Float64Array(count)
  }

  get farthest(): number {
    return this.squares[this.squares.length - 1]!
  }

  clear(): void {
    this.squares.fill(Number.POSITIVE_INFINITY)
  }

  offer(index: number, square: number): void {
    const { indices, squares } = this
    let at = squares.length - 1
    // Written so that the first of equals stays first.
    if (!(square < squares[at]!)) return
    for (; at > 0 && squares[at - 1]! > square; at--) {
      squares[at] = squares[at - 1]!
      indices[at] = indices[at - 1]!
    }
    squares[at] = square
    indices[at] = index
  }
}
