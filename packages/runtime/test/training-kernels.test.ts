import { hasTrainingKernel, runTrainingKernel } from '@gankit/core'
import { expectClose } from '@gankit/testkit'
import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, expect, test } from 'vitest'
import { registerWasmTrainingKernels } from '../src/index.ts'
import { expectSameOnBoth } from './on-both.ts'

beforeAll(async () => {
  tf.enableProdMode()
  registerWasmTrainingKernels()
  await tf.setBackend('wasm')
})

const drawn = (shape: number[], seed: number, mean = 0) => tf.randomNormal(shape, mean, 1, 'float32', seed)
const numbers = (tensors: readonly tf.Tensor[]) => Promise.all(tensors.map(t => t.data<'float32'>()))

// Chunks hold 16,384 numbers, and vectors four.
test.each([1, 3, 4, 5, 16384, 16387, 50001])('AdamUpdate of %d numbers is the formula', async count => {
  const [weight, m, gradient] = [drawn([count], 1), drawn([count], 2), drawn([count], 3)]
  const v = drawn([count], 4).square() as tf.Tensor
  const [rate, beta1, beta2, epsilon] = [0.01, 0.5, 0.999, 1e-8]
  const inputs = { weight, m, v, gradient }
  const got = await numbers(runTrainingKernel('AdamUpdate', inputs, { rate, beta1, beta2, epsilon }))
  const [w, mean, square, g] = await numbers([weight, m, v, gradient])
  const means = g!.map((x, i) => beta1 * mean![i]! + (1 - beta1) * x)
  const squares = g!.map((x, i) => beta2 * square![i]! + (1 - beta2) * x * x)
  await expectClose(got[1]!, means, 1e-6, 1e-6)
  await expectClose(got[2]!, squares, 1e-6, 1e-6)
  const next = w!.map((x, i) => x - (rate * means[i]!) / (Math.sqrt(squares[i]!) + epsilon))
  await expectClose(got[0]!, next, 1e-6, 1e-5)
})

test('AdamUpdate that may consume its inputs takes their memory, but not that of one with a clone', async () => {
  const [weight, m, v, gradient] = [drawn([5], 1), drawn([5], 2), drawn([5], 3).abs(), drawn([5], 4)]
  const [inputs, rates] = [
    { weight, m, v: v as tf.Tensor, gradient },
    { rate: 0.01, beta1: 0.5, beta2: 0.999, epsilon: 1e-8 },
  ]
  const expected = await numbers(runTrainingKernel('AdamUpdate', inputs, rates))
  const kept = weight.clone()
  const before = await kept.data()
  const consumed = runTrainingKernel('AdamUpdate', inputs, { ...rates, consume: 1 })
  for (const [i, values] of (await numbers(consumed)).entries()) expect(values).toEqual(expected[i])
  expect(await kept.data()).toEqual(before)
  expect([weight, m, v].map((input, i) => input.dataId === consumed[i]!.dataId)).toEqual([false, true, true])
  tf.dispose([weight, m, v])
  for (const [i, values] of (await numbers(consumed)).entries()) expect(values).toEqual(expected[i])
})

// Sixteen channels are a chunk, four a vector, 64 rows a block.
const tables = [
  [2, 1],
  [5, 3],
  [64, 4],
  [65, 16],
  [130, 17],
  [7, 22],
  [1000, 35],
]

test.each(tables)('BatchNorm of %d rows and %d channels is the formula', async (rows, channels) => {
  const epsilon = 1e-5
  const [x, gamma, beta] = [drawn([rows, channels], 1, 3), drawn([channels], 2), drawn([channels], 3)]
  const [y, mean, variance] = await numbers(runTrainingKernel('BatchNorm', { x, gamma, beta }, { epsilon }))
  const [xs, gammas, betas] = await numbers([x, gamma, beta])
  for (let c = 0; c < channels; c++) {
    const column = Array.from({ length: rows }, (_, r) => xs![r * channels + c]!)
    const average = column.reduce((sum, value) => sum + value, 0) / rows
    const spread = column.reduce((sum, value) => sum + (value - average) ** 2, 0) / rows
    const scale = gammas![c]! / Math.sqrt(spread + epsilon)
    await expectClose([mean![c]!, variance![c]!], [average, spread], 1e-6, 1e-5)
    const expected = column.map(value => (value - average) * scale + betas![c]!)
    await expectClose(
      expected.map((_, r) => y![r * channels + c]!),
      expected,
      2e-4,
      1e-4,
    )
  }
})

test.each(tables)(
  'BatchNormGrad of %d rows and %d channels is the gradient by stock operations',
  async (rows, channels) => {
    const epsilon = 1e-5
    const [x, gamma] = [drawn([rows, channels], 1, 3), drawn([channels], 2)]
    const [beta, dy] = [drawn([channels], 3), drawn([rows, channels], 4)]
    const [, mean, variance] = runTrainingKernel('BatchNorm', { x, gamma, beta }, { epsilon })
    const inputs = { dy, x, gamma, mean: mean!, variance: variance! }
    const got = await numbers(runTrainingKernel('BatchNormGrad', inputs, { epsilon }))
    await tf.setBackend('cpu')
    const stock = (x: tf.Tensor, gamma: tf.Tensor, beta: tf.Tensor) => {
      const { mean, variance } = tf.moments(x, 0)
      return x.sub(mean).div(variance.add(epsilon).sqrt()).mul(gamma).add(beta)
    }
    const expected = await numbers(tf.grads(stock)([x, gamma, beta], dy))
    await tf.setBackend('wasm')
    for (const [i, values] of expected.entries()) await expectClose(got[i]!, values, 2e-4, 1e-4)
  },
)

test.each([
  [1, 5, 3],
  [3, 65, 16],
  [4, 7, 22],
  [2, 130, 35],
])(
  'InstanceNorm of %d images of %d places and %d channels is BatchNorm of each, to the bit',
  async (n, rows, c) => {
    const [x, dy] = [drawn([n, rows, c], 1, 3), drawn([n, rows, c], 4)]
    const [gamma, beta] = [drawn([n, c], 2), drawn([n, c], 3)]
    const run = (
      name: 'BatchNorm' | 'InstanceNorm',
      x: tf.Tensor,
      gamma: tf.Tensor,
      beta: tf.Tensor,
      dy: tf.Tensor,
    ) => {
      const [y, mean, variance] = runTrainingKernel(name, { x, gamma, beta }, { epsilon: 1e-5 })
      const inputs = { dy, x, gamma, mean: mean!, variance: variance! }
      return [y!, mean!, variance!, ...runTrainingKernel(`${name}Grad`, inputs, { epsilon: 1e-5 })]
    }
    const got = run('InstanceNorm', x, gamma, beta, dy)
    const images = [x, gamma, beta, dy].map(of => tf.unstack(of))
    const each = Array.from({ length: n }, (_, i) => {
      const [x, gamma, beta, dy] = images.map(of => of[i]!)
      return run('BatchNorm', x!, gamma!, beta!, dy!)
    })
    for (const [i, output] of got.entries()) {
      const expected = tf.stack(each.map(outputs => outputs[i]!))
      expect(output.shape).toEqual(expected.shape)
      expect(await output.data()).toEqual(await expected.data())
    }
  },
)

test.each([1, 6, 16385])('LeakyReluGrad of %d numbers is dy or α·dy', async count => {
  const [x, dy] = [drawn([count], 1), drawn([count], 2)]
  const [got] = await numbers(runTrainingKernel('LeakyReluGrad', { dy, x }, { alpha: 0.2 }))
  const [xs, dys] = await numbers([x, dy])
  await expectClose(
    got!,
    dys!.map((value, i) => (xs![i]! > 0 ? value : 0.2 * value)),
    1e-7,
  )
})

/** In double precision, and exact to the last bits of it: rounding errors are carried along (Kahan 1965). */
function sumOfSquares(values: Float32Array): number {
  let [sum, lost] = [0, 0]
  for (const value of values) {
    const term = value * value - lost
    const next = sum + term
    lost = next - sum - term
    sum = next
  }
  return sum
}
const squaredSum = async (values: Float32Array, shape = [values.length]) => {
  const x = tf.tensor(values, shape)
  const [sum] = runTrainingKernel('SquaredSum', { x }, {})
  expect(sum!.shape).toEqual([])
  const [got] = await sum!.data<'float32'>()
  tf.dispose([x, sum!])
  return got!
}

// Blocks hold 256 numbers, chunks 16,384.
test.each([0, 1, 3, 255, 256, 257, 16383, 16384, 16641, 50001])('SquaredSum of %d numbers', async count => {
  const values = Float32Array.from({ length: count }, (_, i) => Math.sin(i + 1) * (1 + (i % 7)))
  const expected = sumOfSquares(values)
  expect(Math.abs((await squaredSum(values)) - expected)).toBeLessThanOrEqual(2e-7 * expected)
})

test.each([
  ['drawn', (i: number) => Math.sin(12.9898 * i) * 1e-3],
  // Rounded the same way at every addition, so that errors of a plain sum add up.
  ['equal', () => 0.1],
  ['of very different sizes', (i: number) => (i % 1000 === 0 ? 1e3 : 1e-2)],
])('SquaredSum of four million numbers that are %s is right to six digits', async (_, at) => {
  const values = Float32Array.from({ length: 4_000_003 }, (_, i) => at(i))
  const expected = sumOfSquares(values)
  expect(Math.abs((await squaredSum(values)) / expected - 1)).toBeLessThan(1e-6)
})

test('SquaredSum takes any shape, and one bad number shows wherever it stands', async () => {
  expect(await squaredSum(Float32Array.of(3), [])).toBe(9)
  expect(await squaredSum(Float32Array.of(1, 2, 3, 4, 5, 6), [1, 3, 2])).toBe(91)
  for (const bad of [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 1e30])
    for (const place of [0, 255, 256, 16383, 16384, 20000]) {
      const values = new Float32Array(20001).fill(1)
      values[place] = bad
      expect(await squaredSum(values)).toBe(Number.isNaN(bad) ? Number.NaN : Number.POSITIVE_INFINITY)
    }
})

test('SquaredSum leaves nothing in memory', () => {
  const x = drawn([50001], 1)
  const sum = () => runTrainingKernel('SquaredSum', { x }, {})[0]!.dispose()
  sum()
  const before = tf.memory()
  sum()
  expect(tf.memory().numTensors).toBe(before.numTensors)
  expect(tf.memory().numDataBuffers).toBe(before.numDataBuffers)
})

test('at zero LeakyReLU has the slope α', async () => {
  const zero = tf.tensor1d([0, -0])
  const dy = tf.tensor1d([1, 1])
  const [got] = await numbers(runTrainingKernel('LeakyReluGrad', { dy, x: zero }, { alpha: 0.5 }))
  await expectClose(got!, [0.5, 0.5])
})

test('sums over the first axes, LeakyReLU and sums by segment are those of the cpu backend', async () => {
  await expectSameOnBoth(() => [
    ...tables.map(shape => tf.sum(drawn(shape, 1), 0)),
    tf.sum(drawn([3, 4, 5, 7], 1), [0, 1, 2], true),
    tf.sum(drawn([3, 4, 5, 7], 1), [1, 0]),
    tf.sum(drawn([3, 4, 5, 7], 1), [0, 2]),
    tf.sum(drawn([3, 4], 1)),
    tf.sum(tf.tensor2d([1, 2, 3, 4], [2, 2], 'int32'), 0),
    tf.leakyRelu(drawn([50001], 1), 0.3),
    tf.leakyRelu(tf.tensor1d([-2, 3], 'int32'), 0.5),
    tf.unsortedSegmentSum(drawn([5, 2, 3], 1), tf.tensor1d([1, 0, 1, 3, 1], 'int32'), 4),
    tf.unsortedSegmentSum(drawn([5], 1), tf.tensor1d([1, -1, 1, 3, 2], 'int32'), 3),
  ])
})

test('an embedding is trained: the gradient of gather', async () => {
  await expectSameOnBoth(() => {
    const table = drawn([10, 4], 1)
    const rows = tf.tensor1d([3, 3, 9], 'int32')
    return [tf.grad((table: tf.Tensor) => tf.gather(table, rows).square().sum())(table)]
  })
})

test('the cpu backend brings none of these, so that whoever uses them composes them there', async () => {
  await tf.setBackend('cpu')
  expect(hasTrainingKernel('AdamUpdate')).toBe(false)
  await tf.setBackend('wasm')
  expect(hasTrainingKernel('AdamUpdate')).toBe(true)
})
