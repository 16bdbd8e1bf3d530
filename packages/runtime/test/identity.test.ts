import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { registerWasmTrainingKernels } from '../src/index.ts'

beforeAll(async () => {
  tf.enableProdMode()
  registerWasmTrainingKernels()
  await tf.setBackend('wasm')
})

let start: number[]
const counts = () => [tf.memory().numTensors, tf.backend().numDataIds()]
beforeEach(() => {
  start = counts()
})
// Every test gives back what it took, in tfjs' books and in those of the backend.
afterEach(() => expect(counts()).toEqual(start))

const numbers = async (tensor: tf.Tensor) => [...(await tensor.data())]
/** Fills freed memory with other numbers, so that who still reads it is found out. */
const overwrite = () => tf.tidy(() => void Array.from({ length: 20 }, () => tf.fill([4], -9)))

test('a clone outlives its source', async () => {
  const source = tf.tensor1d([1, 2, 3, 4])
  const clone = source.clone()
  source.dispose()
  overwrite()
  expect(await numbers(clone)).toEqual([1, 2, 3, 4])
  clone.dispose()
})

test('a source outlives its clones, and clones of clones', async () => {
  const source = tf.tensor1d([1, 2, 3, 4])
  const clone = source.clone()
  const second = clone.clone()
  clone.dispose()
  overwrite()
  expect([await numbers(source), await numbers(second)]).toEqual([
    [1, 2, 3, 4],
    [1, 2, 3, 4],
  ])
  tf.dispose([source, second])
})

test('a clone costs no memory', () => {
  const source = tf.zeros([1000])
  const before = tf.backend().numDataIds()
  const clone = source.clone()
  expect(tf.backend().numDataIds()).toBe(before)
  tf.dispose([source, clone])
})

test('a clone of a variable keeps the value that the variable had', async () => {
  const [first, second] = [tf.tensor1d([1, 2, 3, 4]), tf.tensor1d([5, 6, 7, 8])]
  const variable = tf.variable(first)
  const clone = variable.clone()
  variable.assign(second)
  tf.dispose([first, second])
  overwrite()
  expect([await numbers(clone), await numbers(variable)]).toEqual([
    [1, 2, 3, 4],
    [5, 6, 7, 8],
  ])
  // The reverse: the variable takes a clone's value, and the clone goes.
  variable.assign(clone)
  clone.dispose()
  overwrite()
  expect(await numbers(variable)).toEqual([1, 2, 3, 4])
  variable.dispose()
})

test('a clone moves with its tensor to another backend and back', async () => {
  const source = tf.tensor1d([1, 2, 3, 4])
  const clone = source.clone()
  await tf.setBackend('cpu')
  const double = clone.mul(2)
  source.dispose()
  await tf.setBackend('wasm')
  const triple = clone.mul(3)
  expect([await numbers(double), await numbers(triple)]).toEqual([
    [2, 4, 6, 8],
    [3, 6, 9, 12],
  ])
  // Bring `double` home, so that the backend's books can be compared.
  const home = double.add(0)
  tf.dispose([clone, double, triple, home])
})

test.each(['int32', 'bool'] as const)('numbers of type %s are cloned as well', async dtype => {
  const source = tf.tensor1d([1, 0, 1], dtype)
  const clone = source.clone()
  source.dispose()
  expect([clone.dtype, await numbers(clone)]).toEqual([dtype, [1, 0, 1]])
  clone.dispose()
})

test('text is cloned as well', async () => {
  const source = tf.tensor1d(['α', 'b'])
  const clone = source.clone()
  source.dispose()
  expect([clone.dtype, await clone.data()]).toEqual(['string', ['α', 'b']])
  clone.dispose()
})

test('a clone of a reshaped bias is still a bias to fused kernels', async () => {
  const result = tf.tidy(() => {
    const bias = tf
      .tensor2d([[1], [2]])
      .reshape([2])
      .clone() as tf.Tensor1D
    return tf.fused.matMul({ a: tf.ones([1, 3]), b: tf.ones([3, 2]), bias })
  })
  expect(await numbers(result)).toEqual([4, 5])
  result.dispose()
})

test('to register again changes nothing', async () => {
  registerWasmTrainingKernels()
  registerWasmTrainingKernels()
  const source = tf.tensor2d([[1, 2, 3]])
  const clone = source.clone()
  const before = tf.backend().numDataIds()
  const product = tf.matMul(source, clone, false, true)
  expect(await numbers(product)).toEqual([14])
  expect(tf.backend().numDataIds()).toBe(before + 1)
  tf.dispose([source, clone, product])
})

test('ten steps of training leave no tensor behind', () => {
  const weights = tf.tidy(() => tf.variable(tf.zeros([3, 1])))
  const optimizer = tf.train.sgd(0.1)
  const step = () =>
    tf.tidy(() => {
      const x = tf.randomNormal([8, 3], 0, 1, 'float32', 1)
      optimizer.minimize(
        () =>
          tf
            .matMul(x, weights as tf.Tensor2D)
            .sub(1)
            .square()
            .mean() as tf.Scalar,
        false,
        [weights],
      )
    })
  step()
  const before = counts()
  for (let i = 0; i < 10; i++) step()
  expect(counts()).toEqual(before)
  optimizer.dispose()
  tf.disposeVariables()
})
