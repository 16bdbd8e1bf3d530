import { adaptiveInstanceNormalization, batchNormalization, instanceNormalization } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { draw } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { applyLayer, createOperationCases } from '../operation.ts'
import { batchNorm, instanceNorm, statistics } from '../reference/batch-norm.ts'
import { product } from '../reference/matrix.ts'

const epsilon = 1e-5

const shapes: [string, readonly number[]][] = [
  ['rows', [7, 5]],
  ['images', [3, 3, 2, 5]],
  ['one channel', [4, 3, 3, 1]],
  ['many channels', [6, 130]],
]

const imageShapes: [string, readonly number[]][] = [
  ['images', [3, 3, 2, 5]],
  ['one image of one channel', [1, 3, 4, 1]],
  ['sequences of many channels', [2, 4, 35]],
]

const repeated = (numbers: Float64Array, times: number) =>
  Float64Array.from({ length: times * numbers.length }, (_, i) => numbers[i % numbers.length]!)

/** What is left when the running statistics have moved three times, and inference by them. */
const running: Case = createCase('batch norm: running statistics and inference', async () => {
  const shape = [4, 3, 2, 6]
  const batches = [0, 1, 2].map(i => draw(`running statistics/${i}`, shape))
  const layer = batchNormalization({ epsilon, momentum: 0.9 })
  for (const batch of batches)
    tf.tidy(() => void layer.apply(tf.tensor4d(batch, [4, 3, 2, 6]), { training: true }))
  const mean = new Float64Array(6)
  const variance = new Float64Array(6).fill(1)
  for (const batch of batches) {
    const moved = statistics(batch, 6)
    for (let c = 0; c < 6; c++) {
      mean[c] = 0.9 * mean[c]! + 0.1 * moved.mean[c]!
      variance[c] = 0.9 * variance[c]! + (0.1 * moved.variance[c]! * 24) / 23
    }
  }
  const inferred = tf.tidy(() => layer.apply(tf.tensor4d(batches[0]!, [4, 3, 2, 6])) as tf.Tensor)
  const [gamma, beta, runningMean, runningVariance] = layer.weights.map(weight => weight.read())
  tf.dispose([gamma!, beta!])
  await expectNumbers('the running mean', runningMean!, mean)
  await expectNumbers('the running variance', runningVariance!, variance)
  const expected = batches[0]!.map((x, i) => (x - mean[i % 6]!) / Math.sqrt(variance[i % 6]! + epsilon))
  await expectNumbers('inference', inferred, expected)
})

export const normalizationCases = (): Case[] => [
  ...shapes.flatMap(([name, shape]) =>
    createOperationCases({
      name: `batch norm of ${name}`,
      inputs: [shape, [shape.at(-1)!], [shape.at(-1)!]],
      run: (x, gamma, beta) =>
        applyLayer(batchNormalization({ epsilon }), x!, [gamma!, beta!], {
          training: true,
          moveStatistics: false,
        }),
      reference: (x, gamma, beta) => batchNorm(x!, gamma!, beta!, epsilon),
    }),
  ),
  ...imageShapes.flatMap(([name, shape]) =>
    createOperationCases({
      name: `instance norm of ${name}`,
      inputs: [shape, [shape.at(-1)!], [shape.at(-1)!]],
      run: (x, gamma, beta) => applyLayer(instanceNormalization({ epsilon }), x!, [gamma!, beta!]),
      reference: (x, gamma, beta) =>
        instanceNorm(x!, repeated(gamma!, shape[0]!), repeated(beta!, shape[0]!), epsilon, shape[0]!),
    }),
  ),
  ...createOperationCases({
    name: 'adaptive instance norm',
    inputs: [[2, 3, 2, 4], [2, 3], [3, 8], [8]],
    run: (x, style, kernel, bias) =>
      applyLayer(adaptiveInstanceNormalization({ epsilon }), [x!, style!], [kernel!, bias!]),
    reference: (x, style, kernel, bias) => {
      const learned = product(style!, kernel!, 2, 3, 8).map((value, i) => value + bias![i % 8]!)
      const pick = (from: number, plus: number) =>
        Float64Array.from({ length: 8 }, (_, i) => plus + learned[8 * Math.floor(i / 4) + from + (i % 4)]!)
      return instanceNorm(x!, pick(0, 1), pick(4, 0), epsilon, 2)
    },
  }),
  running,
]
