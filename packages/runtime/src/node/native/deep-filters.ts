import { float32, type Handle, int32, type Scope, type } from './backend.ts'
import { type ConvolutionInfo, convolutionAttributes } from './convolution.ts'

/**
 * Whether the gradient of a filter is faster as an ordinary convolution. TensorFlow's own operation reaches a fraction of
 * the processor's speed where images are small and channels many, above all in bfloat16.
 */
export function isFasterAsConvolution(dtype: number, info: ConvolutionInfo): boolean {
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info
  const { strideHeight, strideWidth, dilationHeight, dilationWidth, inChannels, batchSize } = info
  const maxPixels = dtype === float32 ? 16 : 64
  return (
    inChannels >= 16 &&
    // On an AMD EPYC with AVX-512, bfloat16 gave wrong results for 3 samples and right ones for 16, 32 and 64.
    (dtype === float32 || batchSize % 16 === 0) &&
    outHeight * outWidth <= maxPixels &&
    dilationHeight * dilationWidth === 1 &&
    countZerosAfter(filterHeight, strideHeight, outHeight, inHeight, padInfo.top) >= 0 &&
    countZerosAfter(filterWidth, strideWidth, outWidth, inWidth, padInfo.left) >= 0
  )
}

/**
 * The gradient of a filter as a convolution in which samples and channels change places: x is an image with one channel
 * for each sample, dy a filter whose taps stand apart by the stride.
 */
export function correlateAsConvolution(
  scope: Scope,
  dtype: number,
  x: number,
  dy: number,
  info: ConvolutionInfo,
): Handle {
  const { inHeight, inWidth, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info
  const { strideHeight, strideWidth } = info
  const transpose = (id: number, order: readonly number[]): number =>
    scope.run('Transpose', [type('T', dtype), type('Tperm', int32)], [id, scope.integers(order)])[0]!.id
  // [n, inHeight, inWidth, inChannels] reversed: two transpositions are three times as fast as one of four axes.
  const pixels = inHeight * inWidth
  const rows = scope.reshape(x, [info.batchSize, pixels * info.inChannels], dtype).id
  const columns = scope.reshape(transpose(rows, [1, 0]), [pixels, info.inChannels, info.batchSize], dtype).id
  const shape = [info.inChannels, inHeight, inWidth, info.batchSize]
  const images = scope.reshape(transpose(columns, [1, 0, 2]), shape, dtype).id
  const filters = transpose(dy, [1, 2, 0, 3]) // [outHeight, outWidth, n, outChannels]
  const geometry = {
    strides: [1, 1],
    dilations: [strideHeight, strideWidth],
    padding: [
      padInfo.top,
      countZerosAfter(filterHeight, strideHeight, outHeight, inHeight, padInfo.top),
      padInfo.left,
      countZerosAfter(filterWidth, strideWidth, outWidth, inWidth, padInfo.left),
    ],
  } as const
  const [result] = scope.run('Conv2D', convolutionAttributes(dtype, geometry), [images, filters])
  const order = scope.integers([1, 2, 0, 3]) // from [inChannels, filterHeight, filterWidth, outChannels]
  return scope.run('Transpose', [type('T', dtype), type('Tperm', int32)], [result!.id, order])[0]!
}

/** The zeros to add after the image, so that the filter has as many positions as taps. */
function countZerosAfter(
  taps: number,
  stride: number,
  output: number,
  input: number,
  before: number,
): number {
  return taps + stride * (output - 1) - input - before
}
