import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { draw } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { type Convolution, convolve, outputShape } from '../reference/convolution.ts'
import { product } from '../reference/matrix.ts'

type Activation = NonNullable<Parameters<typeof tf.fused.matMul>[0]['activation']>

/** Those that a layer fuses into its product outside of training. */
const activations: Partial<Record<Activation, (x: number) => number>> = {
  relu: x => Math.max(x, 0),
  relu6: x => Math.min(Math.max(x, 0), 6),
  elu: x => (x > 0 ? x : Math.expm1(x)),
  sigmoid: x => 1 / (1 + Math.exp(-x)),
  leakyrelu: x => (x > 0 ? x : 0.2 * x),
}
const leakyreluAlpha = 0.2

const dense = (activation: Activation, one: (x: number) => number): Case => {
  const name = `dense with bias and ${activation}`
  return createCase(name, async () => {
    const [m, k, n] = [5, 100, 33]
    const [a, b, bias] = [draw(`${name}/a`, [m, k]), draw(`${name}/b`, [k, n]), draw(`${name}/bias`, [n])]
    const output = tf.tidy(() =>
      tf.fused.matMul({
        a: tf.tensor2d(a, [m, k]),
        b: tf.tensor2d(b, [k, n]),
        bias: tf.tensor1d(bias),
        activation,
        leakyreluAlpha,
      }),
    )
    const expected = product(a, b, m, k, n).map((value, i) => one(value + bias[i % n]!))
    await expectNumbers('the output', output, expected)
  })
}

const convolution = (activation: Activation, one: (x: number) => number): Case => {
  const name = `conv2d with bias and ${activation}`
  return createCase(name, async () => {
    const shape: Convolution = {
      n: 2,
      height: 7,
      width: 6,
      from: 3,
      to: 9,
      kernel: 4,
      stride: 2,
      padding: 'same',
    }
    const x = draw(`${name}/x`, [2, 7, 6, 3])
    const filter = draw(`${name}/filter`, [4, 4, 3, 9])
    const bias = draw(`${name}/bias`, [9])
    const output = tf.tidy(() =>
      tf.fused.conv2d({
        x: tf.tensor4d(x, [2, 7, 6, 3]),
        filter: tf.tensor4d(filter, [4, 4, 3, 9]),
        strides: 2,
        pad: 'same',
        bias: tf.tensor1d(bias),
        activation,
        leakyreluAlpha,
      }),
    )
    if (`${output.shape}` !== `${outputShape(shape)}`)
      throw new Error(`the output has shape [${output.shape}], expected [${outputShape(shape)}]`)
    const expected = convolve(shape, x, filter).map((value, i) => one(value + bias[i % 9]!))
    await expectNumbers('the output', output, expected)
  })
}

export const fusedCases = (): Case[] =>
  Object.entries(activations).flatMap(([activation, one]) => [
    dense(activation as Activation, one),
    convolution(activation as Activation, one),
  ])
