import * as tf from '@tensorflow/tfjs'
import type { GradientRule } from './rule.ts'
import { separableGradient } from './separable-map.ts'

type Sides = [number, number]

interface Pooling {
  readonly filterSize: Sides | number
  readonly strides: Sides | number
  readonly pad: Parameters<typeof tf.avgPool>[3]
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil'
}

const both = (sides: Sides | number): Sides => (typeof sides === 'number' ? [sides, sides] : sides)

const computePoolInfo = (x: tf.Tensor, { filterSize, strides, pad, dimRoundingMode }: Pooling) =>
  tf.backend_util.computePool2DInfo(
    x.shape as [number, number, number, number],
    filterSize,
    strides,
    1,
    pad,
    dimRoundingMode,
  )

export const pooling: readonly GradientRule[] = [
  {
    // The stock gradient divides by the size of the whole window, the forward kernel by that of the part inside the image.
    kernelName: 'AvgPool',
    inputsToSave: ['x'],
    gradient: (dy, [x], pooling: Pooling) => ({ x: () => averageGradient(dy as tf.Tensor4D, x!, pooling) }),
  },
  {
    kernelName: 'MaxPoolGrad',
    inputsToSave: ['input', 'output'],
    gradient: (ddx, [input, output], pooling: Pooling) => ({
      dy: () => pickAtMaxima(ddx, input!, output!, pooling),
      input: () => tf.zerosLike(input!),
      output: () => tf.zerosLike(output!),
    }),
  },
]

function averageGradient(dy: tf.Tensor4D, x: tf.Tensor, pooling: Pooling): tf.Tensor {
  const { pad, dimRoundingMode } = pooling
  const [filter, stride] = [both(pooling.filterSize), both(pooling.strides)]
  const [height, width] = x.shape.slice(1) as [number, number]
  const isTiling =
    tf.util.arraysEqual(filter, stride) &&
    dy.shape[1] * stride[0] === height &&
    dy.shape[2] * stride[1] === width
  if (isTiling)
    return tf.image.resizeNearestNeighbor(dy.div(filter[0] * filter[1]) as tf.Tensor4D, [height, width])
  const { top, bottom, left, right } = computePoolInfo(x, pooling).padInfo
  const none: Sides = [0, 0]
  return separableGradient(
    (images, axis) =>
      axis === 'rows'
        ? tf.avgPool(
            images,
            [filter[0], 1],
            [stride[0], 1],
            typeof pad === 'string' ? pad : [none, [top, bottom], none, none],
            dimRoundingMode,
          )
        : tf.avgPool(
            images,
            [1, filter[1]],
            [1, stride[1]],
            typeof pad === 'string' ? pad : [none, none, [left, right], none],
            dimRoundingMode,
          ),
    dy,
    x.shape,
  )
}

/** The value of `of`, [n, height, width, c], at the (first) maximum of each window of the input. */
function pickAtMaxima(of: tf.Tensor, input: tf.Tensor, output: tf.Tensor, pooling: Pooling): tf.Tensor {
  const { padInfo, filterHeight, filterWidth, strideHeight, strideWidth, outHeight, outWidth } =
    computePoolInfo(input, pooling)
  const sides: Sides[] = [
    [0, 0],
    [padInfo.top, padInfo.bottom],
    [padInfo.left, padInfo.right],
    [0, 0],
  ]
  const [inputs, values] = [input.pad(sides, Number.NEGATIVE_INFINITY), of.pad(sides)]
  const reach = [(outHeight - 1) * strideHeight + 1, (outWidth - 1) * strideWidth + 1] as const
  let picked: tf.Tensor = tf.zerosLike(output)
  let isFound: tf.Tensor = output.notEqual(output)
  for (let i = 0; i < filterHeight; i++)
    for (let j = 0; j < filterWidth; j++) {
      const window = (x: tf.Tensor): tf.Tensor =>
        tf.stridedSlice(
          x,
          [0, i, j, 0],
          [x.shape[0]!, i + reach[0], j + reach[1], x.shape[3]!],
          [1, strideHeight, strideWidth, 1],
        )
      const isHere = window(inputs).equal(output).logicalAnd(isFound.logicalNot())
      picked = tf.where(isHere, window(values), picked)
      isFound = isFound.logicalOr(isHere)
    }
  return picked
}
