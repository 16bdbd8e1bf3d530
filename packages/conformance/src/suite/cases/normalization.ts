import { batchNormalization } from '@gankit/layers'
import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { draw } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { createOperationCases } from '../operation.ts'
import { batchNorm, statistics } from '../reference/batch-norm.ts'

const epsilon = 1e-5

/** The layer of the nets, in training, as a function of its input and its two weights. */
function trained(x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor): tf.Tensor {
  const layer = batchNormalization({ epsilon })
  layer.build([null, ...x.shape.slice(1)])
  // The layer reads its weights by read(), so that a gradient may flow into any tensor given here.
  const own = layer.weights.map(weight => weight.read())
  for (const [i, given] of [gamma, beta].entries())
    Object.assign(layer.trainableWeights[i]!, { read: () => given })
  const output = layer.apply(x, { training: true, moveStatistics: false }) as tf.Tensor
  tf.dispose(own)
  return output
}

const shapes: [string, readonly number[]][] = [
  ['rows', [7, 5]],
  ['images', [3, 3, 2, 5]],
  ['one channel', [4, 3, 3, 1]],
  ['many channels', [6, 130]],
]

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
      run: (x, gamma, beta) => trained(x!, gamma!, beta!),
      reference: (x, gamma, beta) => batchNorm(x!, gamma!, beta!, epsilon),
    }),
  ),
  running,
]
