import * as tf from '@tensorflow/tfjs'
import type { Case } from '../case.ts'
import type { Shape } from '../draw.ts'
import { applyLayer, createOperationCases, type Operation } from '../operation.ts'

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x))

const functions: Record<string, [run: (x: tf.Tensor) => tf.Tensor, reference: (x: number) => number]> = {
  leakyRelu: [x => tf.leakyRelu(x, 0.2), x => (x > 0 ? x : 0.2 * x)],
  relu: [tf.relu, x => Math.max(x, 0)],
  elu: [tf.elu, x => (x > 0 ? x : Math.expm1(x))],
  tanh: [tf.tanh, Math.tanh],
  sigmoid: [tf.sigmoid, sigmoid],
  softplus: [tf.softplus, x => Math.log1p(Math.exp(x))],
  'log sigmoid': [tf.logSigmoid, x => -Math.log1p(Math.exp(-x))],
  exp: [tf.exp, Math.exp],
  square: [tf.square, x => x * x],
  abs: [tf.abs, Math.abs],
  'root of a square': [x => x.square().add(1e-3).sqrt(), x => Math.sqrt(x * x + 1e-3)],
  clip: [x => tf.clipByValue(x.square(), -1, 40), x => x * x],
}

/** Softmax and its logarithm over rows of four. */
function softmax(x: Float64Array): Float64Array {
  const sums = Float64Array.from({ length: x.length / 4 }, (_, row) =>
    x.slice(4 * row, 4 * row + 4).reduce((sum, value) => sum + Math.exp(value), 0),
  )
  return x.map((value, i) => Math.exp(value) / sums[Math.floor(i / 4)]!)
}

export function functionCases(): Case[] {
  const shape: Shape = [3, 5, 4]
  const operations: Operation[] = Object.entries(functions).map(([name, [run, one]]) => ({
    name,
    inputs: [shape],
    run,
    reference: x => x!.map(one),
  }))
  operations.push(
    { name: 'softmax', inputs: [[5, 4]], run: x => tf.softmax(x), reference: softmax },
    {
      name: 'log softmax',
      inputs: [[5, 4]],
      run: x => tf.logSoftmax(x),
      reference: x => softmax(x).map(Math.log),
    },
    {
      name: 'prelu',
      inputs: [
        [5, 4],
        [1, 4],
      ],
      run: (x, alpha) => tf.prelu(x!, alpha!),
      reference: (x, alpha) => x!.map((value, i) => (value > 0 ? value : value * alpha![i % 4]!)),
    },
    // Every axis that slopes may be shared over, in images of different sides: SRResNet has one for each channel.
    ...([[1, 2], [3], [1], [2], [1, 2, 3]] as const).map((sharedAxes): Operation => {
      const alpha = [3, 2, 5].map((side, i) => (sharedAxes.some(axis => axis === i + 1) ? 1 : side))
      const [rows, columns, channels] = alpha as [number, number, number]
      return {
        name: `prelu of images, slopes shared over axes ${sharedAxes}`,
        inputs: [[2, 3, 2, 5], alpha],
        run: (x, alpha) => applyLayer(tf.layers.prelu({ sharedAxes: [...sharedAxes] }), x!, [alpha!]),
        reference: (x, alpha) =>
          x!.map((value, i) => {
            const [row, column, channel] = [Math.floor(i / 10) % 3, Math.floor(i / 5) % 2, i % 5]
            const at = ((row % rows) * columns + (column % columns)) * channels + (channel % channels)
            return value > 0 ? value : value * alpha![at]!
          }),
      }
    }),
  )
  return operations.flatMap(createOperationCases)
}
