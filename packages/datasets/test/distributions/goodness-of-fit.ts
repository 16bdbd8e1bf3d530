import type { Distribution } from '@gankit/core'

/** Exceeded by one right sample in a thousand, for any number of points (Kolmogorov's distribution, K = 1.9495). */
export const criticalKolmogorov = 1.9495

/** √n times the greatest distance between the sample's and the distribution's cumulative functions, on the line. */
export function kolmogorovSmirnov(sample: Float32Array, { density, extent }: Distribution): number {
  const [[least, greatest]] = extent as [[number, number]]
  const cells = 20_000
  const width = (greatest - least) / cells
  const densities = density!(Float64Array.from({ length: cells }, (_, i) => least + (i + 0.5) * width))
  const cumulative = new Float64Array(cells + 1)
  for (let i = 0; i < cells; i++) cumulative[i + 1] = cumulative[i]! + densities[i]! * width
  let distance = 0
  for (const [i, x] of sample.toSorted().entries()) {
    const at = Math.min(Math.max((x - least) / width, 0), cells - 1e-9)
    const below = cumulative[Math.floor(at)]!
    const expected = below + (at - Math.floor(at)) * (cumulative[Math.floor(at) + 1]! - below)
    distance = Math.max(distance, expected - i / sample.length, (i + 1) / sample.length - expected)
  }
  return Math.sqrt(sample.length) * distance
}

/**
 * Pearson's statistic over square bins of the plane, those with fewer than five expected points and all that lies
 * outside taken together, and what it exceeds for one right sample in a thousand (Wilson and Hilferty 1931).
 */
export function chiSquare(
  sample: Float32Array,
  distribution: Distribution,
  bins: number,
): { statistic: number; critical: number } {
  const count = sample.length / 2
  const expected = binMasses(distribution, bins).map(mass => mass * count)
  const observed = new Float64Array(bins * bins)
  const binOf = (x: number, axis: number) => {
    const [least, greatest] = distribution.extent[axis]!
    return Math.floor(((x - least) / (greatest - least)) * bins)
  }
  for (let i = 0; i < count; i++) {
    const [column, row] = [binOf(sample[2 * i]!, 0), binOf(sample[2 * i + 1]!, 1)]
    if (column >= 0 && column < bins && row >= 0 && row < bins) observed[row * bins + column]!++
  }
  let [statistic, cells, seen, foreseen] = [0, 1, 0, 0]
  for (const [bin, mass] of expected.entries()) {
    if (mass < 5) continue
    statistic += (observed[bin]! - mass) ** 2 / mass
    cells++
    seen += observed[bin]!
    foreseen += mass
  }
  statistic += (foreseen - seen) ** 2 / Math.max(count - foreseen, 1)
  const freedom = cells - 1
  const spread = 2 / (9 * freedom)
  return { statistic, critical: freedom * (1 - spread + 3.0902 * Math.sqrt(spread)) ** 3 }
}

/** The integral of a plane density over each of bins², row by row, by 16 points in each. */
export function binMasses({ density, extent }: Distribution, bins: number): Float64Array {
  const [[left, right], [low, high]] = extent as [[number, number], [number, number]]
  const side = 4 * bins
  const [dx, dy] = [(right - left) / side, (high - low) / side]
  const points = new Float64Array(2 * side * side)
  for (let i = 0; i < side * side; i++) {
    points[2 * i] = left + ((i % side) + 0.5) * dx
    points[2 * i + 1] = low + (Math.floor(i / side) + 0.5) * dy
  }
  const masses = new Float64Array(bins * bins)
  for (const [i, value] of density!(points).entries())
    masses[Math.floor(i / side / 4) * bins + Math.floor((i % side) / 4)]! += value * dx * dy
  return masses
}
