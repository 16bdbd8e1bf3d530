import * as tf from '@tensorflow/tfjs'
import { type Case, caseOf } from '../case.ts'
import { covering } from '../covering.ts'
import { draw } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { operationCases } from '../operation.ts'
import {
  type Convolution,
  convolve,
  filterGradient,
  inputGradient,
  outputShape,
} from '../reference/convolution.ts'
import { columnSums } from '../reference/matrix.ts'

/** Every window there is, and every pair of a window with a size. */
const windows = [1, 2, 3, 4, 5, 6, 7].flatMap(kernel =>
  [1, 2, 3].flatMap(stride => (['same', 'valid'] as const).map(padding => ({ kernel, stride, padding }))),
)
const factors = {
  window: windows,
  height: [7, 8, 12],
  width: [7, 9, 10],
  from: [1, 3, 16, 33, 130],
  to: [1, 2, 8, 64, 130],
  n: [1, 2, 5],
} as const

/** A large window on many channels gets one image of them, or fewer channels: plain JavaScript has to do it as well. */
function affordable(shape: Convolution): Convolution {
  const { n, height, width, from, to, kernel, stride } = shape
  const products = (n * height * width * from * to * kernel ** 2) / stride ** 2
  if (products < 6e6) return shape
  return n > 1 ? affordable({ ...shape, n: 1 }) : { ...shape, [from > to ? 'to' : 'from']: 5 }
}

const said = ({ n, height, width, from, to, kernel, stride, padding }: Convolution): string =>
  `kernel ${kernel}, stride ${stride}, '${padding}', ${n}×${height}×${width}, ${from} to ${to} channels`

type Images = tf.Tensor4D

/** conv2d with a bias, its gradients, and conv2dTranspose, which is the gradient in x. */
function convolutionCase(shape: Convolution): Case {
  const name = `conv2d, ${said(shape)}`
  return caseOf(name, async () => {
    const { n, height, width, from, to, kernel, stride, padding } = shape
    const output = outputShape(shape)
    const [x, filter] = [
      draw(`${name}/x`, [n, height, width, from]),
      draw(`${name}/w`, [kernel, kernel, from, to]),
    ]
    const [bias, dy] = [draw(`${name}/bias`, [to]), draw(`${name}/dy`, output)]
    const inputs = [
      tf.tensor4d(x, [n, height, width, from]),
      tf.tensor4d(filter, [kernel, kernel, from, to]),
      tf.tensor1d(bias),
    ]
    const apply = (x: tf.Tensor, filter: tf.Tensor, bias: tf.Tensor) =>
      tf.fused.conv2d({ x: x as Images, filter: filter as Images, strides: stride, pad: padding, bias })
    const results = tf.tidy(() => {
      const upstream = tf.tensor4d(dy, output)
      return {
        output: apply(inputs[0]!, inputs[1]!, inputs[2]!),
        gradients: tf.grads((x, filter, bias) => apply(x!, filter!, bias!))(inputs, upstream),
        transposed: tf.conv2dTranspose(
          upstream,
          inputs[1] as Images,
          [n, height, width, from],
          stride,
          padding,
        ),
      }
    })
    tf.dispose(inputs)
    const biased = convolve(shape, x, filter).map((value, i) => value + bias[i % to]!)
    await expectNumbers('the output', results.output, biased)
    const [dx, dfilter, dbias] = results.gradients as [tf.Tensor, tf.Tensor, tf.Tensor]
    const back = inputGradient(shape, dy, filter)
    await expectNumbers('the gradient of x', dx, back)
    await expectNumbers('the transposed convolution', results.transposed, back)
    await expectNumbers('the gradient of the filter', dfilter, filterGradient(shape, x, dy))
    await expectNumbers('the gradient of the bias', dbias, columnSums(dy, to))
  })
}

/** Small ones, whose gradients have gradients: of conv2d, and of conv2dTranspose. */
function smallCases(shape: Convolution): Case[] {
  const { n, height, width, from, to, kernel, stride, padding } = shape
  const images = [n, height, width, from] as const
  const filter = [kernel, kernel, from, to] as const
  return [
    ...operationCases({
      name: `small conv2d, ${said(shape)}`,
      inputs: [images, filter],
      run: (x, w) => tf.conv2d(x as Images, w as Images, stride, padding),
      reference: (x, w) => convolve(shape, x!, w!),
    }),
    ...operationCases({
      name: `small conv2dTranspose, ${said(shape)}`,
      inputs: [outputShape(shape), filter],
      run: (x, w) => tf.conv2dTranspose(x as Images, w as Images, [...images], stride, padding),
      reference: (x, w) => inputGradient(shape, x!, w!),
    }),
  ]
}

export function convolutionCases(isShort: boolean): Case[] {
  const all = covering(factors).map(({ window, ...sizes }) => affordable({ ...window, ...sizes }))
  // The 42 windows come in turn, and 11 has no factor in common with 42: each case has another one.
  const chosen = isShort ? all.filter((_, i) => i % 11 === 0) : all
  const small = { n: 2, height: 5, width: 4, from: 2, to: 3 }
  return [
    ...chosen.map(convolutionCase),
    ...smallCases({ ...small, kernel: 3, stride: 1, padding: 'same' }),
    ...smallCases({ ...small, kernel: 4, stride: 2, padding: 'same' }),
    ...smallCases({ ...small, kernel: 3, stride: 2, padding: 'valid' }),
  ]
}
