/** The number of elements of a tensor of this shape, 1 for a scalar's []. */
export function sizeOfShape(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1)
}
