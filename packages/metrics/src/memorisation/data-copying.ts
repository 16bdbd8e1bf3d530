import { randomStream } from '@gankit/core'
import { checkRows, checkSameSize, checkWhole, type FeatureRows, refuse } from '../feature-rows.ts'
import { kMeans, nearestCentres } from '../k-means.ts'
import { takeRows } from '../take-rows.ts'
import { type MannWhitney, mannWhitney } from './mann-whitney.ts'
import { nearestNeighbours } from './nearest-neighbours.ts'
import { normalTail } from './normal-tail.ts'

export interface DataCopyingSamples {
  /** What the generator was trained on. */
  readonly training: FeatureRows
  /**
   * Real samples that it never saw. Without any, training samples stand in for them, at most 5,000 drawn at random, each
   * measured from the others: its distance from those is distributed as that of a sample that was held out.
   */
  readonly heldOut?: FeatureRows
  readonly fakes: FeatureRows
}

export interface DataCopyingOptions {
  /** Cells that the space is cut into, by k-means on the training samples. Default 1: no cells. */
  readonly cells?: number
  /** Seed of k-means. Default 0. */
  readonly seed?: number
}

/** What was found in one cell. */
export interface DataCopyingCell extends MannWhitney {
  readonly training: number
  readonly heldOut: number
  readonly fakes: number
}

export interface DataCopying {
  /** C_T: below 0 fakes are nearer to the training samples than unseen real ones are, above 0 farther. */
  readonly statistic: number
  /** Chance of so low a statistic where fakes are as good as real samples: below 0.001 they are copies. */
  readonly pCopying: number
  /** Chance of so high a statistic: below 0.001 the generator misses what is real. */
  readonly pUnderfitting: number
  /** Those with enough samples to be judged. */
  readonly cells: readonly DataCopyingCell[]
}

/** Held-out samples and fakes of a cell from which U is near enough to normal. */
const leastInCell = 20

/**
 * Whether a generator copies its training data (Meehan, Chaudhuri and Dasgupta 2020, "A non-parametric test to detect
 * data-copying in generative models", arXiv 2004.05675). Distances from the nearest training sample are had for fakes and
 * for held-out real samples; Mann and Whitney's U says which tend to be less, as a z-score (their Z_U, corrected for ties).
 *
 * With cells each is tested for itself, against the training samples in it, and C_T is the mean of the z-scores weighted
 * by the held-out samples in each, so that copies here don't make up for too little there. The chances take cells as
 * independent. Cells of fewer than 20 held-out samples or fakes are left out.
 *
 * @throws GankitError where no cell can be judged, for other lengths of rows, or numbers that are not finite
 */
export async function dataCopying(
  samples: DataCopyingSamples,
  { cells = 1, seed = 0 }: DataCopyingOptions = {},
): Promise<DataCopying> {
  const { training, heldOut, fakes } = samples
  if (!heldOut && cells > 1)
    refuse(
      `${cells} cells are asked for without held-out samples, expected some: bring them, or ask for 1 cell`,
    )
  checkWhole('cells', cells, 1)
  checkRows('the training samples', training, cells)
  if (heldOut) checkRows('the held-out samples', heldOut, leastInCell)
  checkRows('the fakes', fakes, leastInCell)
  if (heldOut) checkSameSize(training, heldOut)
  checkSameSize(training, fakes)
  if (!heldOut) return againstThemselves(training, fakes, seed)
  const judged: DataCopyingCell[] = []
  const whole = { training, heldOut, fakes }
  for (const part of cells === 1 ? [whole] : parted(whole, kMeans(training, cells, seed))) {
    if (part.training.count === 0 || Math.min(part.heldOut.count, part.fakes.count) < leastInCell) continue
    const ofFakes = await nearestNeighbours(part.fakes, part.training)
    const ofHeldOut = await nearestNeighbours(part.heldOut, part.training)
    judged.push({
      ...mannWhitney(ofFakes.distances, ofHeldOut.distances),
      training: part.training.count,
      heldOut: part.heldOut.count,
      fakes: part.fakes.count,
    })
  }
  if (judged.length === 0)
    refuse(`no cell has ${leastInCell} held-out samples and as many fakes, expected one: ask for fewer cells`)
  return { ...verdict(judged), cells: judged }
}

/** Training samples that stand in for held-out ones: more cost time and tell no more. */
const mostStandIns = 5000

async function againstThemselves(
  training: FeatureRows,
  fakes: FeatureRows,
  seed: number,
): Promise<DataCopying> {
  checkRows('the training samples', training, leastInCell)
  const chosen = randomStream(seed, 'metrics/data-copying')
    .permutation(training.count)
    .subarray(0, mostStandIns)
  const ofFakes = await nearestNeighbours(fakes, training)
  // The nearest of each is itself, or one that is equal to it.
  const { distances } = await nearestNeighbours(takeRows(training, chosen), training, { count: 2 })
  const ofOthers = Float64Array.from(chosen, (_, i) => distances[2 * i + 1]!)
  const only = {
    ...mannWhitney(ofFakes.distances, ofOthers),
    training: training.count,
    heldOut: chosen.length,
    fakes: fakes.count,
  }
  return { ...verdict([only]), cells: [only] }
}

function verdict(cells: readonly DataCopyingCell[]): Omit<DataCopying, 'cells'> {
  const [only] = cells
  // Of one cell the chances are known better, with the correction for continuity.
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

/** The samples of each cell. @param centres [cells, size] */
function parted(
  { training, heldOut, fakes }: Required<DataCopyingSamples>,
  centres: Float64Array,
): Required<DataCopyingSamples>[] {
  const cells = centres.length / training.size
  const part = (rows: FeatureRows): FeatureRows[] => {
    const nearest = nearestCentres(rows, centres)
    return Array.from({ length: cells }, (_, cell) =>
      takeRows(
        rows,
        Uint32Array.from(nearest.keys()).filter(i => nearest[i] === cell),
      ),
    )
  }
  const [ofTraining, ofHeldOut, ofFakes] = [part(training), part(heldOut), part(fakes)]
  return ofTraining.map((own, cell) => ({ training: own, heldOut: ofHeldOut[cell]!, fakes: ofFakes[cell]! }))
}
