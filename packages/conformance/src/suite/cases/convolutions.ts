import * as tf from '@tensorflow/tfjs'
import { type Case, createCase } from '../case.ts'
import { coverPairs } from '../covering.ts'
import { draw } from '../draw.ts'
import { expectNumbers } from '../expect-numbers.ts'
import { createOperationCases } from '../operation.ts'
import {
  type Convolution,
  convolve,
  filterGradient,
  inputGradient,
  outputShape,
} from '../reference/convolution.ts'
import { columnSums } from '../reference/matrix.ts'

/** Every window, each of which is paired with every size below. */
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

/** Shrinks a large convolution to one image or to fewer channels: the reference in plain JavaScript has to compute it too. */
function affordable(shape: Convolution): Convolution {
  const { n, height, width, from, to, kernel, stride } = shape
  const products = (n * height * width * from * to * kernel ** 2) / stride ** 2
  if (products < 6e6) return shape
  return n > 1 ? affordable({ ...shape, n: 1 }) : { ...shape, [from > to ? 'to' : 'from']: 5 }
}

const describe = ({ n, height, width, from, to, kernel, stride, padding }: Convolution): string =>
  `kernel ${kernel}, stride ${stride}, '${padding}', ${n}×${height}×${width}, ${from} to ${to} channels`

type Images = tf.Tensor4D

/** conv2d with a bias, its gradients, and conv2dTranspose, which is the gradient in x. */
function convolutionCase(shape: Convolution): Case {
  const name = `conv2d, ${describe(shape)}`
  return createCase(name, async () => {
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

/** Small convolutions, for second-order gradients of conv2d and conv2dTranspose. */
function smallCases(shape: Convolution): Case[] {
  const { n, height, width, from, to, kernel, stride, padding } = shape
  const images = [n, height, width, from] as const
  const filter = [kernel, kernel, from, to] as const
  return [
    ...createOperationCases({
      name: `small conv2d, ${describe(shape)}`,
      inputs: [images, filter],
      run: (x, w) => tf.conv2d(x as Images, w as Images, stride, padding),
      reference: (x, w) => convolve(shape, x!, w!),
    }),
    ...createOperationCases({
      name: `small conv2dTranspose, ${describe(shape)}`,
      inputs: [outputShape(shape), filter],
      run: (x, w) => tf.conv2dTranspose(x as Images, w as Images, [...images], stride, padding),
      reference: (x, w) => inputGradient(shape, x!, w!),
    }),
  ]
}

/** Enlarging and a convolution behind it, as in a generator without checkerboards. */
function enlargements(): Case[] {
  const [n, height, width, from] = [2, 3, 2, 2]
  const shape: Convolution = { n, height: 6, width: 4, from, to: 3, kernel: 3, stride: 1, padding: 'same' }
  return (['nearest', 'bilinear'] as const).flatMap(interpolation =>
    createOperationCases({
      name: `upSampling2d, ${interpolation}, and a convolution`,
      inputs: [
        [n, height, width, from],
        [3, 3, from, 3],
      ],
      run: (x, w) =>
        tf.conv2d(
          tf.layers.upSampling2d({ size: [2, 2], interpolation }).apply(x!) as Images,
          w as Images,
          1,
          'same',
        ),
      reference: (x, w) => convolve(shape, doubled(x!, [height, width, from], interpolation), w!),
    }),
  )
}

/** Images of twice the size: pixel i is at i / 2 in the old one, the nearest below it or between its neighbors. */
function doubled(
  x: Float64Array,
  [height, width, c]: readonly [number, number, number],
  interpolation: 'nearest' | 'bilinear',
): Float64Array {
  return Float64Array.from({ length: 4 * x.length }, (_, i) => {
    const [channel, at] = [i % c, Math.floor(i / c)]
    const image = Math.floor(at / (4 * height * width))
    const [row, column] = [Math.floor(at / (2 * width)) % (2 * height), at % (2 * width)]
    const pixel = (y: number, x0: number) =>
      x[((image * height + Math.min(y, height - 1)) * width + Math.min(x0, width - 1)) * c + channel]!
    const corners = (side: number) =>
      interpolation === 'nearest' ? [side >> 1] : [side >> 1, (side + 1) >> 1]
    const values = corners(row).flatMap(y => corners(column).map(x0 => pixel(y, x0)))
    return values.reduce((sum, value) => sum + value, 0) / values.length
  })
}

/**
 * Every so many convolutions are cases. The 42 windows take turns and 11 has no factor in common with 42, so every chosen case has another
 * window; of 55 apart there are four, of sides 1, 3, 5 and 7, all strides but one and both ways of padding.
 */
const convolutionSteps = { full: 1, short: 11, few: 55 } as const

export function convolutionCases(size: keyof typeof convolutionSteps): Case[] {
  const all = coverPairs(factors).map(({ window, ...sizes }) => affordable({ ...window, ...sizes }))
  const chosen = all.filter((_, i) => i % convolutionSteps[size] === 0)
  const small = { n: 2, height: 5, width: 4, from: 2, to: 3 }
  return [
    ...chosen.map(convolutionCase),
    ...smallCases({ ...small, kernel: 3, stride: 1, padding: 'same' }),
    ...smallCases({ ...small, kernel: 4, stride: 2, padding: 'same' }),
    ...smallCases({ ...small, kernel: 3, stride: 2, padding: 'valid' }),
    // From 2×3 to 4×6, as the transposed convolutions of a generator.
    ...smallCases({ ...small, height: 4, width: 6, kernel: 3, stride: 2, padding: 'same' }),
    ...smallCases({ ...small, height: 4, width: 6, kernel: 4, stride: 2, padding: 'same' }),
    ...enlargements(),
  ]
}
