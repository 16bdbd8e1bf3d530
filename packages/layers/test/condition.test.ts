import { type Condition, forward } from '@gankit/core'
import { expectClose, savedModel } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import { expect, test } from 'vitest'
import { chain, checkVectorCondition, concatCondition, conditionInput, projection } from '../src/index.ts'

const x = tf.tensor2d([1, -2, 0.5, 3], [2, 2])
const c = tf.tensor2d([0, 1, 0, 1, 0, 0], [2, 3])
const vector: Condition = { kind: 'vector', size: 3 }

/** A dense layer with a kernel of these numbers and, where there is one, this bias. */
function dense(name: string, kernel: number[][], bias?: number[]): tf.layers.Layer {
  const units = kernel[0]!.length
  const weights = [tf.tensor2d(kernel), ...(bias ? [tf.tensor1d(bias)] : [])]
  return tf.layers.dense({ name, units, useBias: bias !== undefined, weights })
}

test('a chain has one input, or two with a condition', () => {
  const alone = chain('alone', [2], [dense('out', [[1], [1]])])
  expect(alone.inputNames).toEqual(['alone_input'])
  const condition = conditionInput(vector)
  const both = chain('both', [2], [concatCondition('joined', condition)], condition)
  expect(both.inputNames).toEqual(['both_input', 'condition'])
  expect(both.outputs[0]!.shape).toEqual([null, 5])
})

test('concatCondition puts the condition behind the features', async () => {
  const condition = conditionInput(vector)
  const model = chain('model', [2], [concatCondition('joined', condition)], condition)
  await expectClose(forward(model, [x, c]), [1, -2, 0, 1, 0, 0.5, 3, 1, 0, 0], 0)
})

test('a projection is cᵀ·V·φ(x) + ψ(φ(x)), and opens with plain tfjs', async () => {
  const condition = conditionInput({
    kind: 'categories',
    attributes: [{ name: 'a', values: ['p', 'q', 'r'] }],
  })
  const links = [
    projection({
      condition,
      logit: [dense('logit', [[2], [1]], [0.25])],
      embedding: dense('condition_projection', [
        [1, 3, 5],
        [2, 4, 6],
      ]),
    }),
  ]
  const model = chain('model', [2], links, condition)
  // Sample 1: ψ = 2 − 2 + 0.25, and value q of V·φ is 3 − 8. Sample 2: ψ = 1 + 3 + 0.25, and value p is 0.5 + 6.
  const expected = [0.25 - 5, 4.25 + 6.5]
  await expectClose(forward(model, [x, c]), expected, 1e-6)
  const reopened = await tf.loadLayersModel(tf.io.fromMemory(await savedModel(model)))
  await expectClose(forward(reopened, [x, c]), expected, 1e-6)
  expect(model.layers.filter(layer => layer.getClassName().includes('>'))).toEqual([])
})

test('networks that take rows of numbers refuse images and tokens', () => {
  const image: Condition = { kind: 'image', shape: [8, 8, 3] }
  expect(() => checkVectorCondition('dcgan', image)).toThrow(
    "[gankit/dcgan] condition.kind is 'image', expected 'categories' or 'vector'",
  )
  checkVectorCondition('dcgan', vector)
  checkVectorCondition('dcgan', undefined)
})
