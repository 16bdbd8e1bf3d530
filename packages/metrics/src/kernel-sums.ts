import { yieldToHost } from '@gankit/core'
import type { FeatureRows } from './feature-rows.ts'
import { type FastProducts, fastProducts } from './linear/fast-products.ts'
import { centredRows, centreOf, firstRows, type Rows } from './linear/rows.ts'

/** Two sets of samples, ready for the kernel k(x, y) = (x·y/d + 1)³. */
export interface KernelPair {
  readonly real: Rows
  readonly fake: Rows
  readonly products: FastProducts
  readonly centre: Float64Array
}

export async function kernelPair(a: FeatureRows, b: FeatureRows): Promise<KernelPair> {
  const [real, fake] = centredRows(a, b)
  return { real, fake, products: await fastProducts(real, fake), centre: centreOf(a) }
}

/** The mean of k(x, y) over all pairs, or over those of different samples where both sets are one. */
export async function meanKernel(a: Rows, b: Rows, { products, centre }: KernelPair): Promise<number> {
  const [ofA, ofB] = [alongCentre(a, centre), alongCentre(b, centre)]
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
      sum += sumOfCubes(row, products.scale / a.size, ofA[from + i]! + 1, ofB)
    }
  }
  return a === b ? (2 * sum) / (a.count * (a.count - 1)) : sum / (a.count * b.count)
}

const rowsAtOnce = 250

function sumOfCubes(
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
 * What the products of differences from the centre lack, halved between both sides: with x = c + x̃ and y = c + ỹ,
 * x·y/d = x̃·ỹ/d + (c·x̃ + c·c/2)/d + (c·ỹ + c·c/2)/d.
 */
function alongCentre({ values, count, size }: Rows, centre: Float64Array): Float64Array {
  let half = 0
  for (const value of centre) half += (value * value) / 2
  const along = new Float64Array(count)
  for (let i = 0; i < count; i++) {
    let sum = half
    for (let j = 0; j < size; j++) sum += values[i * size + j]! * centre[j]!
    along[i] = sum / size
  }
  return along
}
