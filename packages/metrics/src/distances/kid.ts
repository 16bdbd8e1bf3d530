import { checkInteger, randomStream, yieldToHost } from '@gankit/core'
import { checkRows, checkSameSize, type FeatureRows } from '../features/feature-rows.ts'
import { type FastProducts, fastProducts } from '../linear/fast-products.ts'
import { centerRows, computeCenter, firstRows, type Rows, selectRows } from '../linear/rows.ts'
import { mean, standardDeviation } from '../statistics.ts'

interface KidOptions {
  /** Pairs of subsets that are compared. Default 100. */
  readonly subsets?: number
  /** Samples per subset, at most half of the smaller set, so that subsets differ. Default 1000. */
  readonly subsetSize?: number
  /** Seed of the subsets. Default 0. */
  readonly seed?: number
}

interface KidEstimate {
  /** No unit. */
  readonly mean: number
  /** Standard deviation of the subsets' values, divided by their number. */
  readonly deviation: number
  /** The samples per subset that were really taken. */
  readonly subsetSize: number
}

/**
 * The kernel distance KID (Bińkowski et al. 2018, arXiv 1801.01401, section 4): the mean over random pairs of subsets of
 * the squared maximum mean discrepancy that `squaredMmd` computes. Its expectation doesn't depend on the number of
 * samples, and is 0 for equal distributions, so a value may fall below 0.
 */
export async function kid(
  real: FeatureRows,
  fake: FeatureRows,
  options: KidOptions = {},
): Promise<KidEstimate> {
  const { subsets = 100, seed = 0 } = options
  checkInteger('metrics', 'subsets', subsets, 1)
  checkInteger('metrics', 'subsetSize', options.subsetSize ?? 1000, 2)
  checkPair(real, fake, 4)
  const subsetSize = Math.min(options.subsetSize ?? 1000, Math.floor(Math.min(real.count, fake.count) / 2))
  const pair = await preparePair(real, fake)
  const random = randomStream(seed, 'metrics/kernel')
  const draw = (rows: Rows) => selectRows(rows, random.permutation(rows.count).subarray(0, subsetSize))
  const values: number[] = []
  for (let i = 0; i < subsets; i++) values.push(await computeMmd(draw(pair.real), draw(pair.fake), pair))
  return { mean: mean(values), deviation: standardDeviation(values, 0), subsetSize }
}

/**
 * The squared maximum mean discrepancy of two sets, unbiased (Gretton et al. 2012, arXiv 0805.2368, equation 3), with the
 * kernel k(x, y) = (x·y/d + 1)³ of d features:
 *
 *     mean of k(x, x′), x ≠ x′  +  mean of k(y, y′), y ≠ y′  −  2·mean of k(x, y)
 *
 * No unit. Products are the backend's; cubes and sums are in float64.
 */
export async function squaredMmd(real: FeatureRows, fake: FeatureRows): Promise<number> {
  checkPair(real, fake, 2)
  const pair = await preparePair(real, fake)
  return computeMmd(pair.real, pair.fake, pair)
}

function checkPair(real: FeatureRows, fake: FeatureRows, minCount: number): void {
  checkRows('the real features', real, minCount)
  checkRows('the fake features', fake, minCount)
  checkSameSize(real, fake)
}

/** Two sets of samples about a common center, and what the kernel needs beside them. */
interface KernelPair {
  readonly real: Rows
  readonly fake: Rows
  readonly products: FastProducts
  readonly center: Float64Array
}

async function preparePair(a: FeatureRows, b: FeatureRows): Promise<KernelPair> {
  const [real, fake] = centerRows(a, b)
  return { real, fake, products: await fastProducts(real, fake), center: computeCenter(a) }
}

async function computeMmd(real: Rows, fake: Rows, pair: KernelPair): Promise<number> {
  const within = (await meanKernel(real, real, pair)) + (await meanKernel(fake, fake, pair))
  return within - 2 * (await meanKernel(real, fake, pair))
}

const rowsAtOnce = 250

/** The mean of k(x, y) over all pairs; where `a` is `b`, over all pairs of different samples. */
async function meanKernel(a: Rows, b: Rows, { products, center }: KernelPair): Promise<number> {
  const [termsOfA, termsOfB] = [computeCenterTerms(a, center), computeCenterTerms(b, center)]
  let sum = 0
  for (let from = 0; from < a.count; from += rowsAtOnce) {
    const count = Math.min(rowsAtOnce, a.count - from)
    // k is symmetric, so within one set the pairs below the diagonal will do.
    const others = a === b ? firstRows(b, from + count) : b
    await yieldToHost()
    const block = await products.of(a, from, count, others)
    for (let i = 0; i < count; i++) {
      const wanted = a === b ? from + i : b.count
      const row = block.subarray(i * others.count, i * others.count + wanted)
      sum += sumCubes(row, products.scale / a.size, termsOfA[from + i]! + 1, termsOfB)
    }
  }
  return a === b ? (2 * sum) / (a.count * (a.count - 1)) : sum / (a.count * b.count)
}

function sumCubes(
  products: Float32Array | Float64Array,
  scale: number,
  first: number,
  others: Float64Array,
): number {
  let sum = 0
  for (let j = 0; j < products.length; j++) {
    const root = products[j]! * scale + first + others[j]!
    sum += root * root * root
  }
  return sum
}

/**
 * The part of x·y/d that products of differences from the center lack, split between both samples: with x = c + x̃ and
 * y = c + ỹ, x·y/d = x̃·ỹ/d + (c·x̃ + c·c/2)/d + (c·ỹ + c·c/2)/d.
 */
function computeCenterTerms({ values, count, size }: Rows, center: Float64Array): Float64Array {
  let half = 0
  for (const value of center) half += (value * value) / 2
  const terms = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let sum = half
    for (let j = 0; j < size; j++) sum += values[i * size + j]! * center[j]!
    terms[i] = sum / size
  }
  return terms
}
