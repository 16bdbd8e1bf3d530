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

/** Below this, densities of both sides are nothing: D's best answer may then be anything. */
const nothing = 1e-6

/**
 * D's best answer to the G that there is, p / (p + q) (Goodfellow et al. 2014, proposition 1). Where neither has samples it is ½.
 * @param data p, the density of real samples at some places
 * @param generated q, that of fakes at the same places
 */
export function bestVerdicts(data: ArrayLike<number>, generated: ArrayLike<number>): Float32Array {
  return Float32Array.from(data, (p, i) => {
    const sum = p + generated[i]!
    return sum > nothing ? p / sum : 0.5
  })
}

/** Equal places from one end of a range to the other. */
export function placesOnLine([min, max]: readonly [number, number], count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => min + ((max - min) * i) / (count - 1))
}

/** Centers of the cells of a square grid, [side × side, 2], row by row from the least y. */
export function placesInPlane(extent: readonly (readonly [number, number])[], side: number): Float32Array {
  const at = (cell: number, axis: number) => {
    const [min, max] = extent[axis]!
    return min + ((max - min) * (cell + 0.5)) / side
  }
  return Float32Array.from({ length: 2 * side * side }, (_, i) => {
    const cell = i >> 1
    return i % 2 === 0 ? at(cell % side, 0) : at(Math.floor(cell / side), 1)
  })
}
