import { checkInteger, randomStream } from '@gankit/core'
import {
  checkRows,
  checkSameSize,
  type FeatureRows,
  takeRows,
  throwDataError,
} from '../features/feature-rows.ts'
import { kMeans, nearestCenters } from '../neighbors/k-means.ts'
import { nearestNeighbors } from '../neighbors/nearest-neighbors.ts'
import { normalTail } from '../statistics.ts'
import { type MannWhitney, mannWhitney } from './mann-whitney.ts'

interface DataCopyingSamples {
  /** What the generator was trained on. */
  readonly training: FeatureRows
  /**
   * Real samples that the generator was not trained on. Without any, training samples stand in for them, at most 5,000
   * drawn at random, each measured from the other training samples: its distance from those is distributed as that of a
   * held-out sample.
   */
  readonly heldOut?: FeatureRows
  readonly fakes: FeatureRows
}

interface DataCopyingOptions {
  /** Cells that the space is divided into, by k-means on the training samples. Default 1: no cells. */
  readonly cells?: number
  /** Seed of k-means, and of the training samples that stand in for held-out ones. Default 0. */
  readonly seed?: number
}

/** The test in one cell; the counts are of the samples in it. */
interface DataCopyingCell extends MannWhitney {
  readonly training: number
  readonly heldOut: number
  readonly fakes: number
}

interface DataCopying {
  /** C_T, a z-score: below 0 fakes are nearer to the training samples than unseen real ones are, above 0 farther. */
  readonly statistic: number
  /** Probability of so low a statistic where fakes are as good as real samples: below 0.001 they are copies. */
  readonly pCopying: number
  /** Probability of so high a statistic: below 0.001 the generator misses part of the real distribution. */
  readonly pUnderfitting: number
  /** The cells with enough samples to be tested. */
  readonly cells: readonly DataCopyingCell[]
}

/** Held-out samples and fakes per cell from which U is near enough to normal. */
const minPerCell = 20

/**
 * Whether a generator copies its training data (Meehan, Chaudhuri and Dasgupta 2020, "A non-parametric test to detect
 * data-copying in generative models", arXiv 2004.05675). The distances of fakes and of held-out real samples from the
 * nearest training sample are compared by Mann and Whitney's U, as a z-score (the paper's Z_U, corrected for ties).
 *
 * With cells each is tested by itself, against the training samples in it, and C_T is the mean of the z-scores weighted
 * by the held-out samples in each, so that copies in one place don't cancel with too large distances in another. The
 * probabilities take cells as independent. Cells of fewer than 20 held-out samples or fakes are skipped.
 *
 * @throws GankitError where no cell can be tested, for rows of other lengths, or numbers that are not finite
 */
export async function dataCopying(
  samples: DataCopyingSamples,
  { cells = 1, seed = 0 }: DataCopyingOptions = {},
): Promise<DataCopying> {
  const { training, heldOut, fakes } = samples
  if (!heldOut && cells > 1)
    throwDataError(
      `${cells} cells are asked for without held-out samples, expected some: bring them, or ask for 1 cell`,
    )
  checkInteger('metrics', 'cells', cells, 1)
  checkRows('the training samples', training, cells)
  if (heldOut) checkRows('the held-out samples', heldOut, minPerCell)
  checkRows('the fakes', fakes, minPerCell)
  if (heldOut) checkSameSize(training, heldOut)
  checkSameSize(training, fakes)
  if (!heldOut) return testWithStandIns(training, fakes, seed)
  const whole = { training, heldOut, fakes }
  const parts = cells === 1 ? [whole] : divide(whole, kMeans(training, cells, seed))
  const tested: DataCopyingCell[] = []
  for (const part of parts) {
    if (part.training.count === 0 || Math.min(part.heldOut.count, part.fakes.count) < minPerCell) continue
    const ofFakes = await nearestNeighbors(part.fakes, part.training)
    const ofHeldOut = await nearestNeighbors(part.heldOut, part.training)
    tested.push({
      ...mannWhitney(ofFakes.distances, ofHeldOut.distances),
      training: part.training.count,
      heldOut: part.heldOut.count,
      fakes: part.fakes.count,
    })
  }
  if (tested.length === 0)
    throwDataError(
      `no cell has ${minPerCell} held-out samples and as many fakes, expected one: ask for fewer cells`,
    )
  return { ...combineCells(tested), cells: tested }
}

/** More training samples in place of held-out ones cost time and hardly sharpen the test. */
const maxStandIns = 5000

async function testWithStandIns(
  training: FeatureRows,
  fakes: FeatureRows,
  seed: number,
): Promise<DataCopying> {
  checkRows('the training samples', training, minPerCell)
  const chosen = randomStream(seed, 'metrics/data-copying')
    .permutation(training.count)
    .subarray(0, maxStandIns)
  const ofFakes = await nearestNeighbors(fakes, training)
  // The nearest training sample of each is itself or one equal to it, so the second nearest counts.
  const { distances } = await nearestNeighbors(takeRows(training, chosen), training, { count: 2 })
  const ofOthers = Float64Array.from(chosen, (_, i) => distances[2 * i + 1]!)
  const only = {
    ...mannWhitney(ofFakes.distances, ofOthers),
    training: training.count,
    heldOut: chosen.length,
    fakes: fakes.count,
  }
  return { ...combineCells([only]), cells: [only] }
}

function combineCells(cells: readonly DataCopyingCell[]): Omit<DataCopying, 'cells'> {
  const [only] = cells
  // The probabilities of a single cell have the correction for continuity.
  if (cells.length === 1) return { statistic: only!.z, pCopying: only!.pLess, pUnderfitting: only!.pGreater }
  const total = cells.reduce((sum, { heldOut }) => sum + heldOut, 0)
  const statistic = cells.reduce((sum, { heldOut, z }) => sum + (heldOut / total) * z, 0)
  const deviation = Math.sqrt(cells.reduce((sum, { heldOut }) => sum + (heldOut / total) ** 2, 0))
  return {
    statistic,
    pCopying: normalTail(-statistic / deviation),
    pUnderfitting: normalTail(statistic / deviation),
  }
}

/** The samples of each cell. @param centers [cells, size] */
function divide(
  { training, heldOut, fakes }: Required<DataCopyingSamples>,
  centers: Float64Array,
): Required<DataCopyingSamples>[] {
  const cells = centers.length / training.size
  const divideRows = (rows: FeatureRows): FeatureRows[] => {
    const nearest = nearestCenters(rows, centers)
    return Array.from({ length: cells }, (_, cell) =>
      takeRows(
        rows,
        Uint32Array.from(nearest.keys()).filter(i => nearest[i] === cell),
      ),
    )
  }
  const [ofTraining, ofHeldOut, ofFakes] = [divideRows(training), divideRows(heldOut), divideRows(fakes)]
  return ofTraining.map((own, cell) => ({ training: own, heldOut: ofHeldOut[cell]!, fakes: ofFakes[cell]! }))
}
