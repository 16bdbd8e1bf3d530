import { checkInteger } from '@gankit/core'
import { checkRows, checkSameSize, type FeatureRows, throwDataError } from '../features/feature-rows.ts'
import { fastProducts } from '../linear/fast-products.ts'
import { centerRows } from '../linear/rows.ts'
import { distanceBounds, squaredDistance } from './squared-distances.ts'

interface NearestNeighborsOptions {
  /** Neighbors per fake. Default 1. */
  readonly count?: number
}

interface NearestNeighbors {
  /** Neighbors per fake. */
  readonly count: number
  /** [fakes, count], rows of the training set, nearest first; of equally near ones the first. */
  readonly indices: Uint32Array
  /** [fakes, count], Euclidean, in the unit of the features. */
  readonly distances: Float64Array
}

/**
 * The training samples nearest to each fake, exactly: bounds from the backend's products exclude most samples, and distances
 * in float64 decide between the others. Features may be pixels. Memory: a block of 2¹⁹ products, and both sets twice more.
 *
 * @param fakes one row per fake
 * @param training at least `count` rows of the same length
 * @throws GankitError for fewer training samples than `count`, other lengths, or numbers that are not finite
 */
export async function nearestNeighbors(
  fakes: FeatureRows,
  training: FeatureRows,
  { count = 1 }: NearestNeighborsOptions = {},
): Promise<NearestNeighbors> {
  checkInteger('metrics', 'count', count, 1)
  checkRows('the fakes', fakes, 1)
  checkRows('the training samples', training, 1)
  checkSameSize(training, fakes)
  if (training.count < count)
    throwDataError(
      `there are ${training.count} training samples, expected at least ${count} for as many neighbors: ask for fewer`,
    )
  const indices = new Uint32Array(fakes.count * count)
  const distances = new Float64Array(fakes.count * count)
  const [trainingRows, fakeRows] = centerRows(training, fakes)
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

/** Keeps the few nearest of all samples that are offered, nearest first. */
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
    // The first of equals stays first.
    if (!(square < squares[at]!)) return
    for (; at > 0 && squares[at - 1]! > square; at--) {
      squares[at] = squares[at - 1]!
      indices[at] = indices[at - 1]!
    }
    squares[at] = square
    indices[at] = index
  }
}
