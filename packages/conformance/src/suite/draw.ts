import { randomStream } from '@gankit/core'

export type Shape = readonly number[]

export const sizeOf = (shape: Shape): number => shape.reduce((product, side) => product * side, 1)

/** Normal numbers, the same in every run, and at least 0.1 from zero, where many functions have a corner. */
export function draw(purpose: string, shape: Shape): Float32Array {
  const values = randomStream(11, `conformance/${purpose}`).normal(sizeOf(shape))
  return values.map(value => (Math.abs(value) < 0.1 ? value + (value < 0 ? -0.1 : 0.1) : value))
}
