const midGrey = 127.5

/** Two shades that differ by less than this, out of 255, are one shade and its noise. */
const leastContrast = 48

/**
 * The level between a picture's dark and its light pixels: half way between the means of those below it and of those
 * above it (Ridler and Calvard, "Picture thresholding using an iterative selection method", 1978). Strokes that a
 * generator has drawn dim or blurred stand out all the same; a picture with next to no contrast gets mid grey, so
 * that what is almost black looks black.
 * @param levels brightness of the pixels, 0 to 255
 */
export function threshold(levels: Float32Array): number {
  let level = mean(levels, () => true)
  let contrast = 0
  // Settles within a few rounds; the number is a bound.
  for (let round = 0; round < 50; round++) {
    const dark = mean(levels, value => value <= level)
    const light = mean(levels, value => value > level)
    // One shade alone: the other has no pixels and no mean.
    if (Number.isNaN(light)) break
    contrast = light - dark
    const moved = Math.abs((dark + light) / 2 - level)
    level = (dark + light) / 2
    if (moved < 0.5) break
  }
  return contrast < leastContrast ? midGrey : level
}

function mean(values: Float32Array, counts: (value: number) => boolean): number {
  let sum = 0
  let count = 0
  for (const value of values)
    if (counts(value)) {
      sum += value
      count++
    }
  return sum / count
}
