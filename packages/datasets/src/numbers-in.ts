/** How many numbers a sample of this shape has. */
export function numbersIn(sampleShape: readonly number[]): number {
  return sampleShape.reduce((product, side) => product * side, 1)
}
