import { GankitError } from '@gankit/core'
import * as tf from '@tensorflow/tfjs'
import type { GradientRule } from './rule.ts'

type Span = readonly [before: number, after: number]

export const rearrangement: readonly GradientRule[] = [
  {
    // Stock tfjs has no gradient.
    kernelName: 'DepthToSpace',
    gradient: (dy, _, { blockSize, dataFormat }) => ({ x: () => spaceToDepth(dy, blockSize, dataFormat) }),
  },
  {
    // The stock gradient leaves the mirrored borders out.
    kernelName: 'MirrorPad',
    gradient: (dy, _, { paddings, mode }) => ({
      x: () => foldMirrored(dy, paddings, mode === 'reflect' ? 1 : 0),
    }),
  },
  {
    // The stock gradient slices and adds once for each copy: thousands of kernels for a vector tiled over an image.
    kernelName: 'Tile',
    inputsToSave: ['x'],
    gradient: (dy, [x], { reps }) => ({ x: () => sumCopies(dy, x!.shape, reps) }),
  },
]

function spaceToDepth(y: tf.Tensor, block: number, dataFormat: string): tf.Tensor {
  if (dataFormat !== 'NHWC')
    throw new GankitError(
      'runtime',
      'option',
      `the gradient of depthToSpace got dataFormat '${dataFormat}', expected 'NHWC': transpose to channels last before it`,
    )
  const [n, height, width, channels] = y.shape as [number, number, number, number]
  const [h, w] = [height / block, width / block]
  return y
    .reshape([n * h, block, w, block * channels])
    .transpose([0, 2, 1, 3])
    .reshape([n, h, w, block * block * channels])
}

/**
 * Cuts the mirrored borders off, axis by axis, and adds them to the places that they mirror.
 * @param skip pixels at the edge that the mirror leaves out: 1 for 'reflect', 0 for 'symmetric'
 */
function foldMirrored(dy: tf.Tensor, paddings: readonly Span[], skip: 0 | 1): tf.Tensor {
  return paddings.reduce((padded, [before, after], axis) => {
    const size = padded.shape[axis]! - before - after
    const part = (from: number, length: number): tf.Tensor => {
      const begin = padded.shape.map((_, i) => (i === axis ? from : 0))
      return padded.slice(
        begin,
        padded.shape.map((all, i) => (i === axis ? length : all)),
      )
    }
    const placed = (mirrored: tf.Tensor, from: number): tf.Tensor =>
      mirrored
        .reverse(axis)
        .pad(padded.shape.map((_, i) => (i === axis ? [from, size - from - mirrored.shape[axis]!] : [0, 0])))
    let sum = part(before, size)
    if (before > 0) sum = sum.add(placed(part(0, before), skip))
    if (after > 0) sum = sum.add(placed(part(before + size, after), size - after - skip))
    return sum
  }, dy)
}

function sumCopies(dy: tf.Tensor, shape: readonly number[], copies: readonly number[]): tf.Tensor {
  const summed = copies.reduce((gradient, times, axis) => {
    if (times === 1) return gradient
    const outer = tf.util.sizeFromShape(shape.slice(0, axis))
    return gradient.reshape([outer, times, shape[axis]!, -1]).sum(1)
  }, dy)
  return summed === dy ? dy.clone() : summed.reshape([...shape])
}
