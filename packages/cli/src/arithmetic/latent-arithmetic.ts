import { randomStream } from '@gankit/core'

/**
 * The average of chosen latents.
 * @param latents [n, size]
 * @param rows which of them
 * @returns [size]
 */
export function averageOfRows(latents: Float32Array, size: number, rows: readonly number[]): Float64Array {
  const average = new Float64Array(size)
  for (const row of rows) for (let i = 0; i < size; i++) average[i]! += latents[row * size + i]! / rows.length
  return average
}

/** How far each number of a neighbour lies from that of the result, at most; as in the paper. */
const noise = 0.25

/**
 * A − B + C and 8 neighbours around it, to which uniform noise of ±0.25 is added (figure 7 of Radford et al. 2016, arXiv
 * 1511.06434), row by row as a square of 3 × 3, the exact one in its middle.
 * @returns [9, size]
 */
export function sumAndNeighbours(
  a: Float64Array,
  b: Float64Array,
  c: Float64Array,
  seed: number,
): Float32Array {
  const size = a.length
  const random = randomStream(seed, 'arithmetic/noise')
  const latents = new Float32Array(9 * size)
  for (let place = 0; place < 9; place++) {
    const offsets = place === 4 ? new Float32Array(size) : random.uniform(size, -noise, noise)
    latents.set(
      a.map((value, i) => value - b[i]! + c[i]! + offsets[i]!),
      place * size,
    )
  }
  return latents
}
