import { randomStream, sizeOfShape } from '@gankit/core'

export type Shape = readonly number[]

/** Normally distributed numbers, the same in every run, at least 0.1 from zero: many functions have a corner there. */
export function draw(purpose: string, shape: Shape): Float32Array {
  const values = randomStream(11, `conformance/${purpose}`).normal(sizeOfShape(shape))
  return values.map(value => (Math.abs(value) < 0.1 ? value + (value < 0 ? -0.1 : 0.1) : value))
}
