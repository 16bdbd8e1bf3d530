import { fromHalf, GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import { type ConvNet, type Weights, weightShapes } from './conv-net.ts'

/**
 * A net's weights as they come with the package; the caller disposes of them.
 * @param halfBase64 16-bit floats, all weights one after another in the order of `weightShapes`
 * @throws GankitError when they aren't as many as the net has
 */
export function shippedWeights(net: ConvNet, halfBase64: string): Weights {
  const values = fromHalf(bytesOf(halfBase64))
  const shapes = [...weightShapes(net)]
  const expected = shapes.reduce((sum, [, shape]) => sum + tf.util.sizeFromShape(shape), 0)
  if (values.length !== expected)
    throw new GankitError(
      'metrics',
      'data',
      `embedded weights are damaged (${values.length} numbers, expected ${expected}): install @gankit/metrics again`,
    )
  let from = 0
  return new Map(
    shapes.map(([name, shape]) => {
      const to = from + tf.util.sizeFromShape(shape)
      const weight = tf.tensor(values.subarray(from, to), shape)
      from = to
      return [name, weight]
    }),
  )
}

function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64)
  const bytes = new Uint8Array(binary.length)
  // Many times as fast as Uint8Array.from, which goes through the string by an iterator.
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i)
  return bytes
}

export function disposeOf(weights: Weights): void {
  for (const weight of weights.values()) weight.dispose()
}
