import type * as tf from '@tensorflow/tfjs'

/**
 * The largest allowed difference from the reference in double precision, relative to the largest number expected or to 1,
 * whichever is more. float32 rounds at 6e-8, and a sum of a few thousand products loses about two digits; second-order
 * gradients go through several such sums.
 */
export const tolerances = { float32: 1e-5, int32: 0, bool: 0, secondOrder: 1e-4, trace: 1e-3 } as const

/** Expects a tensor to hold these numbers, and disposes of the tensor. @throws Error with the worst difference and the shape */
export async function expectNumbers(
  what: string,
  got: tf.Tensor,
  expected: ArrayLike<number>,
  tolerance: number = tolerances[got.dtype as 'float32'],
): Promise<void> {
  const { shape } = got
  const numbers = await got.data()
  got.dispose()
  if (numbers.length !== expected.length)
    throw new Error(`${what} has shape [${shape}], expected ${expected.length} numbers`)
  let largest = 1
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!))
  let worst = { at: -1, distance: 0 }
  for (let at = 0; at < expected.length; at++) {
    const distance = Math.abs(numbers[at]! - expected[at]!)
    if (!(distance <= worst.distance)) worst = { at, distance }
    if (Number.isNaN(distance)) break
  }
  const { at, distance } = worst
  if (!(distance <= tolerance * largest))
    throw new Error(
      `${what} of shape [${shape}] is ${numbers[at]} at ${at}, expected ${expected[at]}: off by ${distance.toExponential(1)}, allowed ${(tolerance * largest).toExponential(1)}`,
    )
}
