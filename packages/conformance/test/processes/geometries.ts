import * as tf from '@tensorflow/tfjs'

/** A convolution whose gradients are to be compared. */
export interface Geometry {
  readonly image: readonly [batch: number, height: number, width: number, channels: number]
  readonly kernel: readonly [number, number]
  readonly out: number
  readonly strides: readonly [number, number]
  readonly pad: 'same' | 'valid' | readonly (readonly [number, number])[]
  readonly dataFormat?: 'NCHW'
}

const images = [
  [2, 7, 9, 1],
  [2, 8, 8, 4],
  [1, 10, 7, 5],
  [2, 9, 9, 36],
] as const
const outs = [3, 8, 33, 1, 64, 20, 130]

/** Every kernel size, stride and padding with another image and other channels. */
function sweep(): Geometry[] {
  const list: Geometry[] = []
  for (const size of [1, 2, 3, 4, 5, 6, 7])
    for (const stride of [1, 2, 3])
      for (const pad of ['same', 'valid'] as const)
        list.push({
          image: images[(list.length + stride + (size % 2)) % images.length]!,
          kernel: [size, size],
          out: outs[list.length % outs.length]!,
          strides: [stride, stride],
          pad,
        })
  return list
}

export const geometries: readonly Geometry[] = [
  ...sweep(),
  { image: [2, 9, 6, 3], kernel: [2, 5], out: 7, strides: [3, 1], pad: 'same' },
  { image: [2, 6, 9, 8], kernel: [5, 3], out: 12, strides: [1, 2], pad: 'valid' },
  // Places of the image that no tap meets.
  { image: [1, 7, 7, 2], kernel: [1, 1], out: 4, strides: [3, 3], pad: 'valid' },
  {
    image: [2, 6, 7, 4],
    kernel: [4, 4],
    out: 6,
    strides: [2, 2],
    pad: [
      [0, 0],
      [1, 2],
      [0, 3],
      [0, 0],
    ],
  },
  // So many places that they are summed in slices.
  { image: [8, 16, 16, 3], kernel: [3, 3], out: 5, strides: [1, 1], pad: 'same' },
  // Left to the stock kernels.
  { image: [2, 6, 6, 4], kernel: [3, 3], out: 8, strides: [2, 2], pad: 'same', dataFormat: 'NCHW' },
]

/** The shapes of x, filter and dy, and the attributes that both gradients share. */
export function computeShapes({ image, kernel, out, strides, pad, dataFormat }: Geometry): {
  readonly inputShape: readonly number[]
  readonly filterShape: readonly number[]
  readonly outShape: readonly number[]
  readonly attributes: {
    readonly strides: readonly number[]
    readonly pad: unknown
    readonly dataFormat: string
  }
} {
  const [batch, height, width, channels] = image
  const last = dataFormat === undefined
  const inputShape = last ? image : ([batch, channels, height, width] as const)
  const filterShape = [...kernel, channels, out] as [number, number, number, number]
  const { outShape } = tf.backend_util.computeConv2DInfo(
    [...inputShape],
    filterShape,
    [...strides],
    1,
    pad as 'same',
    undefined,
    false,
    last ? 'channelsLast' : 'channelsFirst',
  )
  return { inputShape, filterShape, outShape, attributes: { strides, pad, dataFormat: dataFormat ?? 'NHWC' } }
}
