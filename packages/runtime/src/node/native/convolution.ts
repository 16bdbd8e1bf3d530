import type * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionGeometry, computeGeometry } from '../../convolution-geometry.ts'
import { type Attribute, flag, type Handle, int32, type Scope, text, type, whole } from './backend.ts'

export type ConvolutionInfo = ConvolutionGeometry

/** @returns undefined for a convolution that is left to the stock kernel, which computes or refuses it */
export function computeInfo(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: tf.NamedAttrMap | undefined,
): ConvolutionInfo | undefined {
  const info = computeGeometry(inputShape, filterShape, attrs)
  return info?.padInfo.type === 'SAME' || info?.padInfo.type === 'VALID' ? info : undefined
}

/**
 * @param dtype the type of the inputs, as TensorFlow numbers it
 * @param inputs x and the filter
 */
export function convolve(
  scope: Scope,
  dtype: number,
  inputs: readonly number[],
  info: ConvolutionInfo,
): Handle {
  return scope.run('Conv2D', createAttributes(dtype, info), inputs)[0]!
}

/** The gradient of the input, which is also the transposed convolution. */
export function convolveBack(
  scope: Scope,
  dtype: number,
  dy: number,
  filter: number,
  info: ConvolutionInfo,
): Handle {
  const inputs = [scope.integers(info.inShape), filter, dy]
  return scope.run('Conv2DBackpropInput', createAttributes(dtype, info), inputs)[0]!
}

/**
 * `convolveBack` with zeros up to a multiple of 16 channels, as many as a vector of the processor holds, or of 32 above 32;
 * the extra channels are cut off. With other numbers of channels, oneDNN in TensorFlow 2.21 gives wrong results on AMD's
 * Zen 5: in the last, partly filled vector, and in strided convolutions in an odd vector behind pairs of vectors.
 */
export const convolveBackInVectors: typeof convolveBack = (scope, dtype, dy, filter, info) => {
  const lanes = info.inChannels > 32 ? 32 : 16
  const more = -info.inChannels & (lanes - 1)
  if (!more) return convolveBack(scope, dtype, dy, filter, info)
  const inChannels = info.inChannels + more
  const inShape: ConvolutionInfo['inShape'] = [info.batchSize, info.inHeight, info.inWidth, inChannels]
  const around = scope.reshape(scope.integers([0, 0, 0, 0, 0, more, 0, 0]), [4, 2], int32).id
  const [wide] = scope.run('Pad', [type('T', dtype), type('Tpaddings', int32)], [filter, around])
  const result = convolveBack(scope, dtype, dy, wide!.id, { ...info, inChannels, inShape })
  const places = [scope.integers([0, 0, 0, 0]), scope.integers(info.inShape)]
  return scope.run('Slice', [type('T', dtype), type('Index', int32)], [result.id, ...places])[0]!
}

/** The gradient of the filter. */
export function correlate(scope: Scope, dtype: number, x: number, dy: number, info: ConvolutionInfo): Handle {
  const skips = info.filterHeight * info.filterWidth === 1 && info.strideHeight * info.strideWidth > 1
  const seen = skips ? everyStride(scope, dtype, x, info) : x
  const geometry = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' } as const
  const attributes = skips ? convolutionAttributes(dtype, geometry) : createAttributes(dtype, info)
  const inputs = [seen, scope.integers(info.filterShape), dy]
  return scope.run('Conv2DBackpropFilter', attributes, inputs)[0]!
}

/**
 * The pixels that a filter of one pixel meets at its strides, [n, outHeight, outWidth, channels]. With all pixels, oneDNN
 * in TensorFlow 2.21 writes beyond its memory.
 */
function everyStride(scope: Scope, dtype: number, x: number, info: ConvolutionInfo): number {
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask']
  const attributes = [type('T', dtype), type('Index', int32), ...masks.map(mask => whole(mask, 0))]
  const strides = [1, info.strideHeight, info.strideWidth, 1]
  const places = [[0, 0, 0, 0], info.inShape, strides].map(numbers => scope.integers(numbers))
  return scope.run('StridedSlice', attributes, [x, ...places])[0]!.id
}

function createAttributes(dtype: number, info: ConvolutionInfo): Attribute[] {
  return convolutionAttributes(dtype, {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: info.padInfo.type as 'SAME' | 'VALID',
  })
}

interface Geometry {
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  /** An array gives the zeros to add: above, below, left, right. */
  readonly padding: 'SAME' | 'VALID' | readonly [number, number, number, number]
}

/** The attributes of the convolution and of its two gradients, for [n, height, width, channels]. */
export function convolutionAttributes(dtype: number, { strides, dilations, padding }: Geometry): Attribute[] {
  const explicit = typeof padding !== 'string'
  return [
    type('T', dtype),
    whole('strides', [1, ...strides, 1]),
    whole('dilations', [1, ...dilations, 1]),
    text('padding', explicit ? 'EXPLICIT' : padding),
    ...(explicit ? [whole('explicit_paddings', [0, 0, ...padding, 0, 0])] : []),
    text('data_format', 'NHWC'),
    flag('use_cudnn_on_gpu', true),
  ]
}
