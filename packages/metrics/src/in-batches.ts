import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Images } from './features.ts'

/**
 * Images in pieces of `size`, the last one as long as what is left; it takes no more pieces than hold `count` images.
 * Whoever takes a piece disposes of it.
 * @throws GankitError when images of another shape come along
 */
export async function* inBatches(
  images: Images,
  size: number,
  count: number = Infinity,
): AsyncGenerator<tf.Tensor> {
  const parts: tf.Tensor[] = []
  let shape: readonly number[] | undefined
  let [waiting, given] = [0, 0]
  const whole = () => {
    const taken = parts.length === 1 ? parts[0]! : tf.concat(parts)
    if (parts.length > 1) tf.dispose(parts)
    parts.length = 0
    given += waiting
    waiting = 0
    return taken
  }
  try {
    for await (const piece of images) {
      try {
        shape ??= piece.shape
        checkAlike(shape, piece.shape)
        for (let from = 0; from < piece.shape[0]! && given < count; ) {
          const wanted = Math.min(size, count - given)
          const part = Math.min(wanted - waiting, piece.shape[0]! - from)
          parts.push(tf.slice(piece, from, part))
          from += part
          waiting += part
          if (waiting === wanted) yield whole()
        }
      } finally {
        piece.dispose()
      }
      if (given === count) return
    }
    if (waiting > 0) yield whole()
  } finally {
    tf.dispose(parts)
  }
}

function checkAlike(first: readonly number[], shape: readonly number[]): void {
  if (
    shape.length > 1 &&
    first.length === shape.length &&
    shape.every((side, i) => i === 0 || side === first[i])
  )
    return
  throw new GankitError(
    'metrics',
    'data',
    `images of shape [${shape}] come after [${first}], expected [n, …] of one shape: resize them all to one size`,
  )
}
