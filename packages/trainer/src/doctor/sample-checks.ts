import { GankitError, type Generator, randomStream, sizeOfShape } from '@gankit/core'
import { drawSamples } from '@gankit/inference'
import * as tf from '@tensorflow/tfjs'
import { type Training, withAverages } from '../training.ts'
import { type Diversity, measureDiversity, nearestDistances } from './distances.ts'

/** Gives real samples, [n, ...sampleShape] or as many numbers. A tensor becomes the doctor's, who disposes of it. */
export type RealSamples = () => Float32Array | tf.Tensor | Promise<Float32Array | tf.Tensor>

/** Real samples, and how far each of some of them is from its nearest other. */
export interface Neighborhood {
  /** [n, size], row-major. */
  readonly samples: Float32Array
  /** Numbers in a sample. */
  readonly size: number
  readonly nearest: Float64Array
}

/** Fakes beside real samples. */
export interface SampleComparison {
  /** [count, size], row-major. */
  readonly fakes: ArrayLike<number>
  readonly count: number
  /** Of `count` real samples. */
  readonly realDiversity: Diversity
  readonly real: Neighborhood
}

/** What is measured of the real samples, once. */
type Reference = Omit<SampleComparison, 'fakes'>

/** Among fewer samples a diversity is mostly chance. */
const minSamples = 16

/**
 * Distances of real samples to their nearest others.
 * @param samples real samples [n, size], row-major
 * @param count how many of them, the first ones, are compared with all
 */
export function measureNeighborhood(samples: Float32Array, size: number, count: number): Neighborhood {
  const some = samples.subarray(0, count * size)
  return { samples, size, nearest: nearestDistances(some, samples, size, { themselves: true }) }
}

/** Compares fakes of a run with real samples, whenever it is asked to. */
export class SampleChecks {
  private reference: Reference | undefined
  private readonly real: RealSamples
  private readonly options: { readonly count: number; readonly keep: number; readonly seed: number }

  constructor(
    real: RealSamples,
    options: { readonly count: number; readonly keep: number; readonly seed: number },
  ) {
    this.real = real
    this.options = options
  }

  /**
   * The fakes of now beside the real samples: of the game's first generator, same inputs each time, its moving average where
   * there is one. Undefined where there are too few samples, the network is lost, or the generator's inputs can't be drawn.
   * @throws GankitError for real samples of another shape
   */
  async compare(trainer: Training): Promise<SampleComparison | undefined> {
    const generator = Object.values(trainer.game.generators)[0]
    if (!generator || !canDraw(generator)) return undefined
    this.reference ??= await this.measure(generator)
    const { count } = this.reference
    if (count < minSamples) return undefined
    const drawn = await withAverages(trainer, () => drawSamples(generator, count, this.options.seed))
    // A network that is lost is not compared: the guard or the gradients say so.
    if (!drawn.samples.every(Number.isFinite)) return undefined
    return { ...this.reference, fakes: drawn.samples }
  }

  private async measure({ sampleShape }: Generator): Promise<Reference> {
    const { keep, seed } = this.options
    const samples = await drawReal(this.real, sampleShape, keep, seed)
    const size = sizeOfShape(sampleShape)
    const count = Math.min(this.options.count, samples.length / size)
    return {
      count,
      realDiversity: measureDiversity(samples.subarray(0, count * size), count),
      real: measureNeighborhood(samples, size, count),
    }
  }
}

/** Whether samples can be drawn from a seed alone, and distances between them mean something. */
function canDraw({ condition, output }: Generator): boolean {
  return (condition === undefined || condition.kind === 'categories') && output?.kind !== 'sequence'
}

/**
 * Asks for real samples and keeps at most so many of them, in random order.
 * @returns [n, size], row-major
 * @throws GankitError unless they are whole samples of the generator's shape
 */
async function drawReal(
  real: RealSamples,
  sampleShape: readonly number[],
  max: number,
  seed: number,
): Promise<Float32Array> {
  const given = await real()
  const all = given instanceof tf.Tensor ? await given.data<'float32'>() : given
  if (given instanceof tf.Tensor) given.dispose()
  const size = sizeOfShape(sampleShape)
  if (all.length === 0 || all.length % size > 0)
    throw new GankitError(
      'trainer',
      'data',
      `the doctor got ${all.length} numbers of real samples, expected samples of ${sampleShape.join('×')}`,
    )
  const order = randomStream(seed, 'doctor/real')
    .permutation(all.length / size)
    .subarray(0, max)
  const kept = new Float32Array(order.length * size)
  for (const [to, from] of order.entries()) kept.set(all.subarray(from * size, (from + 1) * size), to * size)
  return kept
}
