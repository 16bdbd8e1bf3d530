import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import {
  estimateTrainingCost,
  formatCount,
  formatSummary,
  spectralNormalization,
  summarizeNetwork,
} from '../src/index.ts'

test('parameters and multiply-adds are those counted by hand, those of a wrapped layer too', async () => {
  await tf.ready()
  const network = tf.sequential({
    name: 'net',
    layers: [
      tf.layers.conv2d({
        name: 'down',
        inputShape: [8, 8, 3],
        filters: 4,
        kernelSize: 3,
        strides: 2,
        padding: 'same',
      }),
      tf.layers.conv2dTranspose({ name: 'up', filters: 2, kernelSize: 5, strides: 2, padding: 'same' }),
      tf.layers.flatten({ name: 'flatten' }),
      spectralNormalization(tf.layers.dense({ name: 'logit', units: 1 })),
    ],
  })
  const summary = summarizeNetwork(network)
  expect(summary.layers).toEqual([
    { name: 'down', shape: [4, 4, 4], parameters: 9 * 3 * 4 + 4, multiplyAdds: 9 * 3 * 4 * 16 },
    { name: 'up', shape: [8, 8, 2], parameters: 25 * 4 * 2 + 2, multiplyAdds: 25 * 4 * 2 * 16 },
    { name: 'flatten', shape: [128], parameters: 0, multiplyAdds: 0 },
    // The vectors of the power iteration are parameters too.
    { name: 'logit', shape: [1], parameters: 128 + 1 + 128 + 1, multiplyAdds: 128 },
  ])
  expect(summary).toMatchObject({ name: 'net', parameters: 572, multiplyAdds: 1728 + 3200 + 128 })
  expect(formatSummary(summary).split('\n')).toEqual([
    'net      shape  parameters  multiply-adds',
    'down     4×4×4         112         1.73 k',
    'up       8×8×2         202         3.20 k',
    'flatten  128',
    'logit    1             258            128',
    '                       572         5.06 k',
    '',
  ])
})

test('a backward pass costs two forward ones, and one that leaves weights alone costs one', () => {
  expect(estimateTrainingCost(10, { forward: 2, backward: 1 })).toBe(40)
  expect(estimateTrainingCost(10, { forward: 3, backward: 2, backwardToInput: 1 })).toBe(80)
})

test.each([
  [20_640_000_000, '20.6 G'],
  [317_000_000, '317 M'],
  [1234, '1.23 k'],
  [999, '999'],
])('%d is %s', (count, text) => {
  expect(formatCount(count)).toBe(text)
})
