import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { draw } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { createOperationCases } from '../operation.ts'
import { columnSums, product, transposed } from '../reference/matrix.ts'

interface Product {
  readonly m: number
  readonly k: number
  readonly n: number
  readonly transposeA: boolean
  readonly transposeB: boolean
}

/** Some a backend takes apart at: 1, blocks of 4, 8, 16, 48, and what lies beside them. */
const sizes: readonly [m: number, k: number, n: number][] = [
  [1, 1, 1],
  [1, 130, 17],
  [5, 49, 1],
  [3, 7, 33],
  [16, 48, 64],
  [64, 100, 47],
  [65, 129, 130],
]
const flags = [false, true]

const products: Product[] = sizes.flatMap(([m, k, n]) =>
  flags.flatMap(transposeA => flags.map(transposeB => ({ m, k, n, transposeA, transposeB }))),
)

/** Output and gradients, with a bias as a dense layer adds it. */
function productCase({ m, k, n, transposeA, transposeB }: Product): Case {
  const name = `matMul ${m}×${k}×${n}${transposeA ? ', a transposed' : ''}${transposeB ? ', b transposed' : ''}`
  return createCase(name, async () => {
    const plain = [draw(`${name}/a`, [m, k]), draw(`${name}/b`, [k, n])] as const
    const [bias, dy] = [draw(`${name}/bias`, [n]), draw(`${name}/dy`, [m, n])]
    const turned = (values: Float32Array, rows: number, columns: number, isTurned: boolean) =>
      isTurned
        ? tf.tensor2d(Float32Array.from(transposed(values, rows, columns)), [columns, rows])
        : tf.tensor2d(values, [rows, columns])
    const inputs = [turned(plain[0], m, k, transposeA), turned(plain[1], k, n, transposeB), tf.tensor1d(bias)]
    const apply = (a: tf.Tensor, b: tf.Tensor, bias: tf.Tensor) =>
      tf.fused.matMul({ a: a as tf.Tensor2D, b: b as tf.Tensor2D, transposeA, transposeB, bias })
    const results = tf.tidy(() => ({
      output: apply(inputs[0]!, inputs[1]!, inputs[2]!),
      bare: tf.matMul(inputs[0]!, inputs[1]!, transposeA, transposeB),
      gradients: tf.grads((a, b, bias) => apply(a!, b!, bias!))(inputs, tf.tensor2d(dy, [m, n])),
    }))
    tf.dispose(inputs)
    const expected = product(plain[0], plain[1], m, k, n)
    await expectNumbers('the product', results.bare, expected)
    const biased = expected.map((value, i) => value + bias[i % n]!)
    await expectNumbers('the product and its bias', results.output, biased)
    const [da, db, dbias] = results.gradients as [tf.Tensor, tf.Tensor, tf.Tensor]
    const inA = product(dy, transposed(plain[1], k, n), m, n, k)
    const inB = product(transposed(plain[0], m, k), dy, k, m, n)
    await expectNumbers('the gradient of a', da, transposeA ? transposed(inA, m, k) : inA)
    await expectNumbers('the gradient of b', db, transposeB ? transposed(inB, k, n) : inB)
    await expectNumbers('the gradient of the bias', dbias, columnSums(dy, n))
  })
}

/** A batch of products, as attention takes them. */
const batched = (transposeA: boolean, transposeB: boolean): Case[] =>
  createOperationCases({
    name: `batched matMul${transposeA ? ', a transposed' : ''}${transposeB ? ', b transposed' : ''}`,
    inputs: [transposeA ? [2, 4, 3] : [2, 3, 4], transposeB ? [2, 5, 4] : [2, 4, 5]],
    run: (a, b) => tf.matMul(a!, b!, transposeA, transposeB),
    reference: (a, b) =>
      Float64Array.from(
        [0, 1].flatMap(i => {
          const [left, right] = [a!.slice(12 * i, 12 * i + 12), b!.slice(20 * i, 20 * i + 20)]
          return [
            ...product(
              transposeA ? transposed(left, 4, 3) : left,
              transposeB ? transposed(right, 5, 4) : right,
              3,
              4,
              5,
            ),
          ]
        }),
      ),
  })

/** Every so many products are cases; of nine apart each has other flags. */
const productSteps = { full: 1, short: 3, few: 9 } as const

export function productCases(size: keyof typeof productSteps): Case[] {
  const chosen = products.filter((_, i) => i % productSteps[size] === 0)
  return [
    ...chosen.map(productCase),
    ...flags.flatMap(transposeA => flags.flatMap(transposeB => batched(transposeA, transposeB))),
  ]
}
