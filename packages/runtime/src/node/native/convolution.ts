import type * as tf from '@tensorflow/tfjs-core'
import { type ConvolutionGeometry, geometryOf } from '../../convolution-geometry.ts'
import { type Attribute, flag, type Handle, int32, type Scope, text, type, whole } from './backend.ts'

export type ConvolutionInfo = ConvolutionGeometry

/** @returns undefined for what only the stock kernel knows how to treat, or how to refuse */
export function infoOf(
  inputShape: readonly number[],
  filterShape: readonly number[],
  attrs: tf.NamedAttrMap | undefined,
): ConvolutionInfo | undefined {
  const info = geometryOf(inputShape, filterShape, attrs)
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
  return scope.run('Conv2D', attributesOf(dtype, info), inputs)[0]!
}

/** The gradient in the input, which is a transposed convolution as well. */
export function convolveBack(
  scope: Scope,
  dtype: number,
  dy: number,
  filter: number,
  info: ConvolutionInfo,
): Handle {
  const inputs = [scope.integers(info.inShape), filter, dy]
  return scope.run('Conv2DBackpropInput', attributesOf(dtype, info), inputs)[0]!
}

/**
 * The same with a multiple of 16 channels, as many as a processor's vector holds, and of 32 where there are more than
 * that; those asked for are kept. Given others, oneDNN in TensorFlow 2.21 gives wrong numbers in the last ones on AMD's
 * Zen 5: in what is left over of a vector, and in strided convolutions in an odd vector behind pairs of them.
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

/** The gradient in the filter. */
export function correlate(scope: Scope, dtype: number, x: number, dy: number, info: ConvolutionInfo): Handle {
  const skips = info.filterHeight * info.filterWidth === 1 && info.strideHeight * info.strideWidth > 1
  const seen = skips ? everyStride(scope, dtype, x, info) : x
  const geometry = { strides: [1, 1], dilations: [1, 1], padding: 'VALID' } as const
  const attributes = skips ? convolutionAttributes(dtype, geometry) : attributesOf(dtype, info)
  const inputs = [seen, scope.integers(info.filterShape), dy]
  return scope.run('Conv2DBackpropFilter', attributes, inputs)[0]!
}

/**
 * The pixels that a filter of one pixel sees, [n, outHeight, outWidth, channels]. Given the others too, oneDNN in
 * TensorFlow 2.21 writes beyond its memory.
 */
function everyStride(scope: Scope, dtype: number, x: number, info: ConvolutionInfo): number {
  const masks = ['begin_mask', 'end_mask', 'ellipsis_mask', 'new_axis_mask', 'shrink_axis_mask']
  const attributes = [type('T', dtype), type('Index', int32), ...masks.map(mask => whole(mask, 0))]
  const strides = [1, info.strideHeight, info.strideWidth, 1]
  const places = [[0, 0, 0, 0], info.inShape, strides].map(numbers => scope.integers(numbers))
  return scope.run('StridedSlice', attributes, [x, ...places])[0]!.id
}

function attributesOf(dtype: number, info: ConvolutionInfo): Attribute[] {
  return convolutionAttributes(dtype, {
    strides: [info.strideHeight, info.strideWidth],
    dilations: [info.dilationHeight, info.dilationWidth],
    padding: info.padInfo.type as 'SAME' | 'VALID',
  })
}

interface Geometry {
  readonly strides: readonly [number, number]
  readonly dilations: readonly [number, number]
  /** Or zeros to add: above, below, left, right. */
  readonly padding: 'SAME' | 'VALID' | readonly [number, number, number, number]
}

/** The attributes of all three operations, for [n, height, width, channels]. */
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
