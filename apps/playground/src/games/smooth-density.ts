/** The kernel's standard deviation, as a part of the plot's width. */
const bandwidth = 0.008

/**
 * The density of samples at equal places of a range, by a Gaussian kernel on a fine histogram.
 * @returns one density a place; samples beyond the range count, but are not shown
 */
export function smoothDensity(
  samples: ArrayLike<number>,
  [min, max]: readonly [number, number],
  places: number,
): Float32Array {
  const fine = 4
  const bins = (places - 1) * fine + 1
  const width = (max - min) / (bins - 1)
  const counts = new Float64Array(bins)
  for (let i = 0; i < samples.length; i++) {
    const bin = Math.round((samples[i]! - min) / width)
    if (bin >= 0 && bin < bins) counts[bin]! += 1
  }
  const reach = Math.ceil(4 * bandwidth * (bins - 1))
  const kernel = Float64Array.from({ length: 2 * reach + 1 }, (_, i) =>
    Math.exp(-(((i - reach) / (bandwidth * (bins - 1))) ** 2) / 2),
  )
  const total = kernel.reduce((sum, value) => sum + value, 0) * samples.length * width
  return Float32Array.from({ length: places }, (_, place) => {
    let sum = 0
    for (let i = 0; i < kernel.length; i++) sum += kernel[i]! * (counts[place * fine + i - reach] ?? 0)
    return sum / total
  })
}
