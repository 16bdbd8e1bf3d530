import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { Images } from './features.ts'

/**
 * Regroups images into batches of `size`, the last one shorter where images run out. Reads no more pieces than it takes
 * for `count` images. The consumer disposes of the batches.
 * @throws GankitError for images of another shape than the first ones
 */
export async function* rebatch(
  images: Images,
  size: number,
  count: number = Infinity,
): AsyncGenerator<tf.Tensor> {
  const parts: tf.Tensor[] = []
  let shape: readonly number[] | undefined
  let [waiting, given] = [0, 0]
  const joinParts = () => {
    const batch = parts.length === 1 ? parts[0]! : tf.concat(parts)
    if (parts.length > 1) tf.dispose(parts)
    parts.length = 0
    given += waiting
    waiting = 0
    return batch
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
          if (waiting === wanted) yield joinParts()
        }
      } finally {
        piece.dispose()
      }
      if (given === count) return
    }
    if (waiting > 0) yield joinParts()
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
