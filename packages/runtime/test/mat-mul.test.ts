import * as tf from '@tensorflow/tfjs'
import '@tensorflow/tfjs-backend-wasm'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { registerWasmTrainingKernels } from '../src/index.ts'
import { expectSameOnBoth } from './on-both.ts'

beforeAll(() => {
  tf.enableProdMode()
  registerWasmTrainingKernels()
})
beforeEach(async () => {
  await tf.setBackend('wasm')
})

const turns = [
  [false, false],
  [false, true],
  [true, false],
  [true, true],
] as const
const drawn = (shape: number[], seed: number) => tf.randomNormal(shape, 0, 1, 'float32', seed)

/** A·B for A [..., m, k] and B [..., k, n], either stored transposed. */
function product(
  batchA: number[],
  batchB: number[],
  [m, k, n]: number[],
  [turnA, turnB]: readonly boolean[],
) {
  const a = drawn([...batchA, ...(turnA ? [k!, m!] : [m!, k!])], 1)
  const b = drawn([...batchB, ...(turnB ? [n!, k!] : [k!, n!])], 2)
  return tf.matMul(a, b, turnA, turnB)
}

// One, odd numbers, whole and broken multiples of the SIMD width; A smaller than B and the reverse.
const sizes = [
  [1, 1, 1],
  [1, 7, 5],
  [6, 1, 9],
  [5, 9, 1],
  [3, 5, 7],
  [8, 16, 4],
  [2, 33, 65],
  [65, 34, 3],
  [31, 64, 17],
]

test.each(turns)(
  'products with A turned: %s, B turned: %s, are those of the cpu backend',
  async (...turn) => {
    await expectSameOnBoth(() => sizes.map(size => product([], [], size, turn)))
  },
)

test.each(turns)('batches, A turned: %s, B turned: %s, and those that are shared', async (...turn) => {
  const batches: [number[], number[]][] = [
    [[3], [3]],
    [[1], [3]],
    [[3], [1]],
    [[1], [1]],
    [[], [3]],
    [
      [2, 1],
      [1, 3],
    ],
  ]
  await expectSameOnBoth(() =>
    batches.flatMap(([a, b]) => sizes.slice(3, 7).map(size => product(a, b, size, turn))),
  )
})

test('gradients of a dense net are those of the cpu backend', async () => {
  const loss = (x: tf.Tensor, w: tf.Tensor, b: tf.Tensor, v: tf.Tensor) =>
    tf.matMul(tf.matMul(x, w).add(b).leakyRelu(0.2), v).square().mean() as tf.Scalar
  for (const [n, inputs, units] of [
    [16, 50, 30],
    [5, 3, 40],
    [1, 8, 8],
  ] as const)
    await expectSameOnBoth(() =>
      tf.grads(loss)([
        drawn([n, inputs], 1),
        drawn([inputs, units], 2),
        drawn([units], 3),
        drawn([units, 2], 4),
      ]),
    )
})

test('gradients of a layer of tfjs, fused as it is in training, too', async () => {
  const kernel = tf.initializers.randomNormal({ seed: 3 })
  await expectSameOnBoth(() => {
    const layer = tf.layers.dense({
      units: 12,
      inputShape: [9],
      activation: 'tanh',
      kernelInitializer: kernel,
    })
    const x = drawn([7, 9], 5)
    layer.apply(x)
    const { value, grads } = tf.variableGrads(
      () => (layer.apply(x, { training: true }) as tf.Tensor).square().sum() as tf.Scalar,
    )
    return [
      value,
      ...Object.keys(grads)
        .sort()
        .map(name => grads[name]!),
    ]
  })
  tf.disposeVariables()
})

test.each(turns)('no memory stays behind, A turned: %s, B turned: %s', (...turn) => {
  const backend = tf.backend()
  const start = [tf.memory().numTensors, backend.numDataIds()]
  for (const size of sizes) product([], [], size, turn)
  tf.disposeVariables()
  const made = tf.memory().numTensors - start[0]!
  expect(made).toBe(3 * sizes.length)
  // What is left are the operands and the products, and nothing that was turned on the way.
  expect(backend.numDataIds() - start[1]!).toBe(made)
})

test('products that can’t be taken are refused in words of what was asked', () => {
  const start = tf.backend().numDataIds()
  const attempt = (f: () => tf.Tensor) =>
    tf.tidy(() => {
      try {
        f()
        return 'taken'
      } catch (error) {
        return (error as Error).message
      }
    })
  const unfit = attempt(() => tf.matMul(tf.ones([2, 3]), tf.ones([4, 5]), true, false))
  expect(unfit).toContain('Tensors with shapes 2,3 and 4,5 and transposeA=true and transposeB=false')
  expect(attempt(() => tf.matMul(tf.ones([2, 3], 'int32'), tf.ones([2, 5], 'int32'), true))).toContain(
    'float32',
  )
  expect(tf.backend().numDataIds()).toBe(start)
})

test('empty products are what they were', () => {
  expect(tf.matMul(tf.zeros([3, 0]), tf.zeros([3, 4]), true).shape).toEqual([0, 4])
  expect(tf.matMul(tf.zeros([0, 3]), tf.zeros([4, 3]), false, true).shape).toEqual([0, 4])
})

test('a bias behind a long product, turned or not, and every activation behind that', async () => {
  const activations = ['linear', 'relu', 'relu6', 'sigmoid', 'elu', 'leakyrelu', 'prelu'] as const
  await expectSameOnBoth(() =>
    turns.flatMap(([turnA, turnB]) =>
      activations.map(activation =>
        tf.fused.matMul({
          a: drawn(turnA ? [130, 7] : [7, 130], 1),
          b: drawn(turnB ? [9, 130] : [130, 9], 2),
          transposeA: turnA,
          transposeB: turnB,
          bias: drawn([9], 3),
          activation,
          leakyreluAlpha: 0.3,
          ...(activation === 'prelu' && { preluActivationWeights: drawn([9], 4) }),
        }),
      ),
    ),
  )
})
